using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using Planlane.Runs;

namespace Planlane.Git;

/// <summary>Runs the git program so that nothing of our environment, the repository's hooks or its fsmonitor takes part by surprise.</summary>
/// <remarks>Thread-safe. A cancelled command is killed with all of its children.</remarks>
public sealed class GitCli
{
    // What the user's shell says about who they are and where their settings lie; every other GIT_ variable would change what a command means.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
        "GIT_EXEC_PATH", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    };

    private static readonly string[] Hardening =
    [
        "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "core.safecrlf=false", "-c", "core.splitIndex=false", "-c", "submodule.recurse=false",
        "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "i18n.commitEncoding=UTF-8", "-c", "color.ui=false",
        // A repository whose log shows signatures would have us start the program that judges them.
        "-c", "log.showSignature=false",
        // What an event names is on the disk before the event is; by default git does not flush single objects and refs. `git mktree` takes no notice of it.
        "-c", "core.fsync=committed",
    ];

    // A program that git starts for the user, such as a filter or a signer, needs no key of ours.
    private static readonly string[] Keys = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"];

    private static readonly string[] NoHooks = ["-c", $"core.hooksPath={(OperatingSystem.IsWindows() ? "NUL" : "/dev/null")}"];

    private readonly string _program = GitProgram.Find();
    private readonly string _folder;
    private readonly string? _gitDir;
    private readonly IReadOnlyList<string> _hooks = [];

    /// <summary>Runs git in a folder, which git searches upwards for its repository.</summary>
    /// <param name="folder">The working folder of the commands.</param>
    /// <exception cref="GitException">The git program is missing.</exception>
    public GitCli(string folder) => _folder = folder;

    /// <summary>Runs git on one repository and work tree, without a search for it.</summary>
    /// <param name="workTree">The root of the work tree, and the working folder of the commands.</param>
    /// <param name="gitDir">The repository's folder.</param>
    /// <param name="hooks">The names of hooks that settings define (<c>hook.NAME.command</c>, git 2.54), which a folder of hooks elsewhere does not turn off.</param>
    /// <exception cref="GitException">The git program is missing.</exception>
    public GitCli(string workTree, string gitDir, IReadOnlyList<string> hooks)
        : this(workTree) => (_gitDir, _hooks) = (gitDir, hooks);

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="GitException">It ended with an exit code that the call does not accept.</exception>
    public async Task<GitOutput> RunAsync(GitCall call, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var error = new StringBuilder();
        var command = Cli.Wrap(_program)
            .WithArguments(ArgumentsOf(call))
            .WithWorkingDirectory(_folder)
            .WithEnvironmentVariables(VariablesOf(call))
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.FromBytes(call.Input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8));
        var exitCode = (await Started(() => command.ExecuteAsync(cancellationToken)).ConfigureAwait(false)).ExitCode;
        return call.Accepted.Contains(exitCode)
            ? new GitOutput(exitCode, output.ToArray(), error.ToString())
            : throw GitException.Of(call.Arguments, exitCode, error.ToString());
    }

    /// <summary>Runs a command to its end and gives its output as text without the last line end.</summary>
    /// <exception cref="GitException">It failed.</exception>
    public async Task<string> TextAsync(GitCall call, CancellationToken cancellationToken) => (await RunAsync(call, cancellationToken).ConfigureAwait(false)).Text;

    /// <summary>Starts a command that is talked to over its pipes; the caller disposes it.</summary>
    public GitProcess Start(GitCall call)
    {
        var start = new ProcessStartInfo(_program, ArgumentsOf(call))
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in VariablesOf(call))
            start.Environment[name] = value;
        return new GitProcess(Started(() => Process.Start(start)!));
    }

    private static T Started<T>(Func<T> start)
    {
        try
        {
            return start();
        }
        catch (Win32Exception cause)
        {
            throw new GitException(FaultKind.Failed, $"Git could not be started: {cause.Message}", "Run `planlane doctor`.", cause);
        }
    }

    private static List<string> ArgumentsOf(GitCall call) =>
        [.. Hardening, .. call.Hooks ? [] : NoHooks, .. call.Settings.SelectMany(setting => new[] { "-c", setting }), .. call.Arguments];

    private Dictionary<string, string?> VariablesOf(GitCall call)
    {
        var variables = new Dictionary<string, string?>();
        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) && !Kept.Contains(name))
                variables[name] = null;
        }

        foreach (var key in Keys)
            variables[key] = null;
        (variables["GIT_OPTIONAL_LOCKS"], variables["GIT_TERMINAL_PROMPT"], variables["LC_ALL"]) = ("0", "0", "C");
        // Nothing of ours needs the network. A partial clone would fetch what it lacks by any program that its settings name.
        (variables["GIT_NO_LAZY_FETCH"], variables["GIT_ALLOW_PROTOCOL"]) = ("1", "none");
        if (!call.Hooks && _hooks.Count > 0)
            TurnOffHooks(variables);
        if (_gitDir is not null)
            (variables["GIT_DIR"], variables["GIT_WORK_TREE"]) = (_gitDir, call.WorkTree ?? _folder);
        if (call.IndexFile is not null)
            variables["GIT_INDEX_FILE"] = call.IndexFile;
        foreach (var (name, value) in call.Variables)
            variables[name] = value;
        return variables;
    }

    // By variables, as a name may hold what the command line takes for the end of it.
    private void TurnOffHooks(Dictionary<string, string?> variables)
    {
        variables["GIT_CONFIG_COUNT"] = _hooks.Count.ToString(CultureInfo.InvariantCulture);
        for (var at = 0; at < _hooks.Count; at++)
            (variables[$"GIT_CONFIG_KEY_{at}"], variables[$"GIT_CONFIG_VALUE_{at}"]) = ($"hook.{_hooks[at]}.enabled", "false");
    }
}
