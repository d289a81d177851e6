using Planlane.Testing;

namespace Planlane.Hostile;

/// <summary>Programs planted in a repository that leave a mark when anybody starts them.</summary>
internal sealed class Plant
{
    private static readonly string[] Hooks =
    [
        "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase", "post-checkout",
        "post-merge", "pre-push", "post-rewrite", "pre-auto-gc", "post-index-change", "fsmonitor-watchman", "sendemail-validate", "update", "pre-receive", "post-receive", "post-update",
        "push-to-checkout", "proc-receive",
    ];

    /// <summary>The hooks that a landing runs, as <c>git commit</c> would: those before a commit in a sandbox where there is one, in which they can leave no mark.</summary>
    public static readonly string[] HooksOfCommits = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

    private readonly string _marks;

    public Plant(TempRepository repository)
    {
        Repository = repository;
        Folder = Path.Combine(repository.Folder, ".git", "planted");
        _marks = Path.Combine(Folder, "marks");
        Directory.CreateDirectory(_marks);
    }

    public TempRepository Repository { get; }

    public string Folder { get; }

    /// <summary>What was started.</summary>
    public IEnumerable<string> Marks => Directory.GetFiles(_marks).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>A program that leaves a mark. Some settings name a program alone, so there is one for each mark.</summary>
    public string Command(string mark)
    {
        var path = Path.Combine(Folder, "programs", mark);
        Script(path, $"touch '{_marks}/{mark}'; exit 1");
        return path;
    }

    /// <summary>Forgets what the building of the repository started.</summary>
    public void Forget()
    {
        foreach (var mark in Directory.GetFiles(_marks))
            File.Delete(mark);
    }

    /// <summary>A command that leaves a mark and passes its input on, as a filter does.</summary>
    public string Filter(string mark) => $"touch '{_marks}/{mark}'; cat";

    /// <summary>A setting whose value is a command that leaves a mark of the setting's name.</summary>
    public void Set(string key, string before = "") => Repository.Git("config", key, before + Command(key));

    /// <summary>A hook for every event, in the usual folder and in one that a setting names.</summary>
    /// <param name="withTransactions">Whether also one for the moves of refs, which a landing is to run.</param>
    public void Hook(bool withTransactions)
    {
        var elsewhere = Path.Combine(Folder, "hooks");
        Directory.CreateDirectory(elsewhere);
        foreach (var name in withTransactions ? [.. Hooks, "reference-transaction"] : Hooks)
        {
            Script(Path.Combine(Repository.Folder, ".git", "hooks", name), $"touch '{_marks}/{name}'; exit 0");
            Script(Path.Combine(elsewhere, name), $"touch '{_marks}/{name}'; exit 0");
        }

        Repository.Git("config", "core.hooksPath", elsewhere);
    }

    /// <summary>A commit that claims a signature, so that whoever shows signatures asks a program about it.</summary>
    public void SignedCommit()
    {
        var (tree, parent) = (Repository.Git("rev-parse", "HEAD^{tree}"), Repository.Git("rev-parse", "HEAD"));
        const string Person = "Ada Example <ada@example.org> 1700000000 +0000";
        var file = Path.Combine(Folder, "commit");
        File.WriteAllText(file, $"tree {tree}\nparent {parent}\nauthor {Person}\ncommitter {Person}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n none\n -----END PGP SIGNATURE-----\n\nSigned\n");
        Repository.Git("update-ref", "HEAD", Repository.Git("hash-object", "-t", "commit", "-w", file));
    }

    private static void Script(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
