using System.Text;
using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Makes the text of commit messages.</summary>
/// <param name="repository">The repository.</param>
internal sealed partial class CommitMessages(GitRepository repository)
{
    // Without any settings of the user's: those for trailers may name commands, which the program would run.
    private static readonly ValueList<(string, string)> Bare =
        [("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", Nothing), ("GIT_CONFIG_SYSTEM", Nothing), ("GIT_DIR", Nothing)];

    private static string Nothing => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    // A process each: as many at once as help on most machines.
    private const int AtOnce = 4;

    /// <summary>Messages with their trailers, in the same order.</summary>
    public async Task<IReadOnlyList<string>> WithTrailersAsync(IReadOnlyList<(string Message, ValueList<(string Key, string Value)> Trailers)> all, CancellationToken cancellationToken)
    {
        var texts = new string[all.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, all.Count, options, async (at, token) =>
            texts[at] = await WithTrailersAsync(all[at].Message, all[at].Trailers, token).ConfigureAwait(false)).ConfigureAwait(false);
        return texts;
    }

    /// <summary>A message with its trailers, which join the block that ends it or begin one.</summary>
    public async Task<string> WithTrailersAsync(string message, ValueList<(string Key, string Value)> trailers, CancellationToken cancellationToken)
    {
        var clean = Cleaned(message);
        if (trailers.Count == 0)
            return clean;
        var options = trailers.SelectMany(trailer => new[] { "--trailer", $"{trailer.Key}: {OneLine().Replace(trailer.Value.Trim(), " ")}" });
        // A line of three hyphens ends the message of a patch and no message of ours.
        var call = new GitCall(["interpret-trailers", "--no-divider", "--where", "end", "--if-exists", "addIfDifferent", "--if-missing", "add", .. options])
        {
            Input = Encoding.UTF8.GetBytes(clean),
            Variables = Bare,
        };
        return Encoding.UTF8.GetString((await repository.Cli.RunAsync(call, cancellationToken).ConfigureAwait(false)).Output);
    }

    /// <summary>A message as <c>git commit --cleanup=whitespace</c> makes it: no spaces at ends of lines, no empty lines around it or twice in it; empty when there is nothing else.</summary>
    public static string Cleaned(string message)
    {
        var lines = message.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        var text = EmptyLines().Replace(string.Join('\n', lines), "\n\n").Trim('\n');
        return text.Length == 0 ? "" : text + "\n";
    }

    [GeneratedRegex(@"\s*\n\s*|\r")]
    private static partial Regex OneLine();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
