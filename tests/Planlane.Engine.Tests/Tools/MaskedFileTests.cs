using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Tools;

/// <summary>Files with a secret in them stay workable, and the secret stays in them.</summary>
public sealed class MaskedFileTests
{
    private const string Key = "ghp_" + "0123456789abcdefABCDEF0123456789abcd";
    private const string Text = $"name = app\ntoken = {Key}\nmode = fast\n";

    [Fact]
    public async Task Read_FileWithASecret_ShowsAMarkAndAnEditBesideItKeepsTheSecret()
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/app.ini", Text)), "src/app.ini");

        var read = await bench.CallAsync("read_files", new { paths = new[] { "src/app.ini", "src/app.ini:2-2" } });
        var edited = await bench.CallAsync("edit_file", new { path = "src/app.ini", edits = new[] { new { old_text = "mode = fast", new_text = "mode = slow" } } });

        Assert.DoesNotContain(Key, read.Text, StringComparison.Ordinal);
        Assert.Equal(2, read.Text.Split($"token = {SecretMask.Mark}").Length - 1);
        Assert.False(edited.IsError, edited.Text);
        Assert.Equal(Text.Replace("fast", "slow"), await bench.ReadAsync("src/app.ini"));
    }

    [Fact]
    public async Task Read_LinesOfAPrivateKey_ShowsNoneOfThem()
    {
        const string Line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/key.txt", $"-----BEGIN PRIVATE KEY-----\n{Line}\n{Line}\n-----END PRIVATE KEY-----\n")));

        var read = await bench.CallAsync("read_files", new { paths = new[] { "src/key.txt:2-3" } });

        Assert.DoesNotContain(Line, read.Text, StringComparison.Ordinal);
        Assert.Contains($"{SecretMask.Mark}\n{SecretMask.Mark}\n", read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edit_file")]
    [InlineData("write_file")]
    public async Task Write_TheMarkOverTheSecret_IsRefusedAndSaysWhatToDo(string tool)
    {
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/app.ini", Text)), "src/app.ini");
        var seen = Text.Replace(Key, SecretMask.Mark);

        var result = await bench.CallAsync(tool, tool is "edit_file"
            ? new { path = "src/app.ini", edits = new[] { new { old_text = $"token = {SecretMask.Mark}\nmode = fast", new_text = $"token = {SecretMask.Mark}\nmode = slow" } } }
            : new { path = "src/app.ini", content = seen.Replace("fast", "slow") });

        Assert.True(result.IsError);
        Assert.Contains("hidden from you", result.Text, StringComparison.Ordinal);
        Assert.Equal(Text, await bench.ReadAsync("src/app.ini"));
    }

    [Fact]
    public async Task Write_TheMarkToAFileThatHasItAsItsOwnText_IsDone()
    {
        const string Own = $"const Mark = \"{SecretMask.Mark}\";\n";
        await using var bench = await ToolBench.OnAsync(TempRepository.With(("src/mark.txt", Own)), "src/mark.txt");

        var result = await bench.CallAsync("write_file", new { path = "src/mark.txt", content = Own + "more\n" });

        Assert.False(result.IsError, result.Text);
    }
}
