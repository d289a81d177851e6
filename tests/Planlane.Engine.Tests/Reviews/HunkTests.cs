using System.Diagnostics;
using System.Text;
using CsCheck;
using Planlane.Git;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Reviews;

public sealed class HunkTests
{
    // Few letters, so that lines repeat; line ends of all kinds; no end at all.
    private static readonly Gen<string> Texts = Gen.Select(Gen.Int[0, 4].Array[0, 40], Gen.Bool).Select((lines, ends) =>
        string.Concat(lines.Select((line, index) => $"{"abcde"[line]}{(line == 2 ? " \r" : "")}{(ends || index < lines.Length - 1 ? "\n" : "")}")));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_AnyHunks_IsWhatGitAppliesOfTheRest()
    {
        using var temporary = TempRepository.With(("a.txt", "a\n"));
        var repository = await GitRepository.OpenAsync(temporary.Folder, TimeProvider.System, Token);
        await using var objects = new GitObjects(repository);

        await Gen.Select(Texts, Texts, Gen.Int[0, 1023]).SampleAsync(
            async (before, after, chosen) =>
            {
                var (old, now) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));
                var (oldId, nowId) = (await objects.WriteBlobAsync(old, Token), await objects.WriteBlobAsync(now, Token));
                var reader = new HunkReader(repository);
                var fine = await reader.ReadFinelyAsync(oldId, nowId, Token);
                var shown = await reader.ReadAsync(oldId, nowId, Token);
                var leftOut = shown.Where(hunk => (chosen & (1 << (hunk.Number % 10))) != 0).ToList();

                var kept = HunkCutter.Without(old, now, fine, part => leftOut.Exists(hunk => hunk.Holds(part)));

                Assert.Equal(await AppliedAsync(temporary.Folder, old, shown.Where(hunk => !leftOut.Contains(hunk))), kept);
                Assert.Equal(old, HunkCutter.Without(old, now, fine, _ => true));
                Assert.Equal(now, HunkCutter.Without(old, now, fine, _ => false));
                Assert.Equal(shown.Count, shown.Select(hunk => hunk.Id).Distinct().Count());
                Assert.All(fine, part => Assert.Single(shown, hunk => hunk.Holds(part)));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Read_ChangesAboveAHunk_KeepItsId()
    {
        using var temporary = TempRepository.With(("a.txt", "a\n"));
        var reader = new HunkReader(await GitRepository.OpenAsync(temporary.Folder, TimeProvider.System, Token));
        ObjectId Stored(string text)
        {
            temporary.Write("x.txt", text);
            return new ObjectId(temporary.Git("hash-object", "-w", "x.txt"));
        }

        var lines = string.Concat(Enumerable.Range(1, 40).Select(line => $"line {line}\n"));
        var before = Stored(lines);

        var one = await reader.ReadAsync(before, Stored(lines.Replace("line 30\n", "thirty\n")), Token);
        var both = await reader.ReadAsync(before, Stored(lines.Replace("line 30\n", "thirty\n").Replace("line 2\n", "two\nand more\n")), Token);

        Assert.Equal((2, both[1].Id), (both.Count, one[0].Id));
        Assert.Equal(["-line 30", "+thirty"], one[0].Lines.Where(line => line[0] != ' '));
        Assert.Equal("@@ -27,7 +27,7 @@ line 26", one[0].Header);
    }

    [Fact]
    public async Task Read_FileThatComesOrGoes_IsOneHunk()
    {
        using var temporary = TempRepository.With(("a.txt", "a\nb\n"));
        var reader = new HunkReader(await GitRepository.OpenAsync(temporary.Folder, TimeProvider.System, Token));
        var blob = new ObjectId(temporary.Git("rev-parse", "HEAD:a.txt"));

        Assert.Equal(["+a", "+b"], (await reader.ReadAsync(null, blob, Token)).Single().Lines);
        Assert.Equal(["-a", "-b"], (await reader.ReadAsync(blob, null, Token)).Single().Lines);
        Assert.Empty(await reader.ReadAsync(blob, blob, Token));
        Assert.Equal("b", HunkCutter.LineOf("a\nb\r\n"u8.ToArray(), 2));
        Assert.Null(HunkCutter.LineOf("a\nb\n"u8.ToArray(), 3));
    }

    // Another program's answer to the same question: a patch of the hunks that stay, applied by git.
    private static async Task<byte[]> AppliedAsync(string folder, byte[] before, IEnumerable<ReviewHunk> hunks)
    {
        var file = Path.Combine(folder, "applied.txt");
        await File.WriteAllBytesAsync(file, before, Token);
        var patch = string.Concat(hunks.Select(hunk => $"@@ -{hunk.OldStart},{hunk.OldCount} +{hunk.NewStart},{hunk.NewCount} @@\n{string.Concat(hunk.Lines.Select(line => line + "\n"))}"));
        if (patch.Length == 0)
            return before;
        var start = new ProcessStartInfo("git", ["apply", "--recount", "--unidiff-zero", "--whitespace=nowarn", "-"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        await git.StandardInput.WriteAsync($"--- a/applied.txt\n+++ b/applied.txt\n{patch}");
        git.StandardInput.Close();
        var error = await git.StandardError.ReadToEndAsync(Token);
        await git.WaitForExitAsync(Token);
        Assert.True(git.ExitCode == 0, error);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, Token) : [];
    }
}
