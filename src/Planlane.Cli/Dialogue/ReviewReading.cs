using System.Text;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Cli.Views;
using Planlane.Reviews;

namespace Planlane.Cli.Dialogue;

/// <summary>Shows diffs, in the user's pager where there is one, and lets comments be written into them with the user's editor.</summary>
/// <param name="screen">The screen.</param>
/// <param name="editor">The user's editor.</param>
internal sealed class ReviewReading(Screen screen, UserEditor editor)
{
    private const int UsualRows = 24;

    // A folder that only this user can enter; what was typed stays in it when it cannot be read.
    private readonly Lazy<string> _path = new(() => Path.Combine(Directory.CreateTempSubdirectory("planlane-").FullName, "review.diff"));

    /// <summary>The user's pager.</summary>
    public Pager Pager { get; init; } = Pager.None;

    /// <summary>Whether the pager gets colours.</summary>
    public bool IsColoured { get; init; }

    /// <summary>How many rows the screen has.</summary>
    public int Rows { get; init; } = UsualRows;

    /// <summary>Shows the diff of files.</summary>
    public async Task ShowAsync(OpenReview open, IEnumerable<ReviewFile> files, CancellationToken cancellationToken)
    {
        var shown = new List<(ReviewFile File, Values.ValueList<ReviewHunk> Hunks)>();
        foreach (var file in files)
            shown.Add((file, await open.HunksAsync(file, cancellationToken).ConfigureAwait(false)));
        if (shown.Count == 0)
            screen.Line("No file is changed there.");
        else if (!Pager.IsThere || !await Pager.ShowAsync(string.Concat(shown.Select(item => DiffText.Of(item.File, item.Hunks, IsColoured, ProcessSecrets.Mask))), cancellationToken).ConfigureAwait(false))
            DiffView.Write(screen, string.Concat(shown.Select(item => DiffText.Of(item.File, item.Hunks, isColoured: false, ProcessSecrets.Mask))));
    }

    /// <summary>The selection with the comments that the user wrote into the diff.</summary>
    public async Task<ReviewSelection> EditAsync(OpenReview open, IEnumerable<ReviewFile> files, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(ReviewText.Head);
        foreach (var file in files.Where(file => file.Task is not null))
            text.Append(ReviewText.Of(open.AgentOf(file), file, await open.HunksAsync(file, cancellationToken).ConfigureAwait(false)));
        await File.WriteAllTextAsync(_path.Value, text.ToString(), cancellationToken).ConfigureAwait(false);
        screen.Hanging("", "  ", Ink.Faint($"Opening {_path.Value}. Write lines that begin with # below the lines that they are about; save it and close the editor."));
        if (!await editor.OpenAsync(_path.Value, cancellationToken).ConfigureAwait(false))
            return open.Selection;
        var comments = ReviewText.Read(await File.ReadAllTextAsync(_path.Value, cancellationToken).ConfigureAwait(false), open.State, open.Review);
        File.Delete(_path.Value);
        screen.Line($"{Figures.Counted(comments.Count, "comment")} taken over.");
        return comments.Aggregate(open.Selection, (chosen, comment) => chosen.With(comment));
    }
}
