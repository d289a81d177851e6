using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Compares trees by one git process that is asked again and again.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="repository">The repository.</param>
internal sealed class TreeComparer(GitRepository repository) : IAsyncDisposable
{
    // Git gives a line that names no trees back as it is, which tells where the answer before it ends. No name in a tree begins with a slash.
    private const string End = "/end of answer/";
    private readonly GitDialogue _git = new(repository, new GitCall(["diff-tree", "--stdin", .. GitTrees.StatOptions]));

    /// <summary>Where two trees differ and by how many lines, by path; no external diff and no text conversion runs.</summary>
    /// <exception cref="GitException">One of them is not in the repository, or git ended.</exception>
    public async Task<ValueList<TreeDifference>> CompareAsync(ObjectId before, ObjectId after, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _git.AskAsync(
                async process =>
                {
                    await process.WriteAsync(Encoding.ASCII.GetBytes($"{before} {after}\n{End}\n"), cancellationToken).ConfigureAwait(false);
                    return await AnswerAsync(process, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return GitTrees.DifferencesIn(answer.Split('\0'));
        }
        catch (IOException cause)
        {
            throw new GitException(FaultKind.Failed, $"Git could not compare {before} and {after}: {cause.Message}", null, cause);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _git.DisposeAsync();

    // A name may hold a line break, so that a line of the answer is no unit.
    private static async Task<string> AnswerAsync(GitProcess process, CancellationToken cancellationToken)
    {
        // Of a tree that is not there git says nothing here.
        if (await LineAsync(process, cancellationToken).ConfigureAwait(false) == End)
            throw new EndOfStreamException("one of them is not in the repository");
        var answer = new StringBuilder();
        while (true)
        {
            answer.Append(await LineAsync(process, cancellationToken).ConfigureAwait(false));
            if (answer.ToString() is var text && (text == End || text.EndsWith($"\0{End}", StringComparison.Ordinal)))
                return text[..^End.Length];
            answer.Append('\n');
        }
    }

    private static async Task<string> LineAsync(GitProcess process, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException("no answer"));
}
