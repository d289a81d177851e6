using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>What an answer to the review's question means.</summary>
internal abstract record ReviewAnswer
{
    private ReviewAnswer()
    {
    }

    /// <summary>Commit what is not left out, or send the comments that were collected.</summary>
    internal sealed record Yes : ReviewAnswer;

    /// <summary>Commit nothing.</summary>
    internal sealed record No : ReviewAnswer;

    /// <summary>Commit all but these.</summary>
    internal sealed record Except(ValueList<ReviewTarget> Targets) : ReviewAnswer;

    /// <summary>Keep something after all.</summary>
    internal sealed record Keep(ValueList<ReviewTarget> Targets) : ReviewAnswer;

    /// <summary>Ask one agent for changes now.</summary>
    internal sealed record Comment(ReviewComment Words) : ReviewAnswer;

    /// <summary>Be asked for words, agent by agent.</summary>
    internal sealed record AskForChanges : ReviewAnswer;

    /// <summary>Show the work of a task or one file of it, or all when null.</summary>
    internal sealed record ShowDiff(ReviewTarget? Target) : ReviewAnswer;

    /// <summary>Step through the files of a task, or of all when null.</summary>
    internal sealed record Walk(ReviewTarget? Target) : ReviewAnswer;

    /// <summary>Write comments into the diff with the user's editor.</summary>
    internal sealed record Edit : ReviewAnswer;

    /// <summary>Forget what was chosen since the review began.</summary>
    internal sealed record Clear : ReviewAnswer;

    /// <summary>Show the overview again.</summary>
    internal sealed record Overview : ReviewAnswer;

    /// <summary>Say what can be answered.</summary>
    internal sealed record Help : ReviewAnswer;

    /// <summary>The answer cannot be taken; the words say why and what can.</summary>
    internal sealed record Unclear(string Words) : ReviewAnswer;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="PlanlaneException">Usage: it names an agent or a file that there is not.</exception>
    public static ReviewAnswer Read(string answer, RunState state, Review review)
    {
        var words = answer.Trim();
        switch (words.ToLowerInvariant())
        {
            case "yes" or "y" or "send": return new Yes();
            case "no" or "n": return new No();
            case "changes" or "change" or "c": return new AskForChanges();
            case "diff" or "d" or "diff all": return new ShowDiff(null);
            case "walk" or "w" or "walk all": return new Walk(null);
            case "edit" or "e": return new Edit();
            case "clear": return new Clear();
            case "overview" or "o": return new Overview();
            case "help" or "?" or "h": return new Help();
        }

        // Words for an agent may begin with any word; a colon after a blank-free name decides.
        if (words.Split(' ', 2, StringSplitOptions.TrimEntries) is [var verb, var rest] && !verb.EndsWith(':'))
            switch (verb.ToLowerInvariant())
            {
                case "diff" or "d": return new ShowDiff(ReviewNames.Target(rest, state, review));
                case "walk" or "w": return new Walk(ReviewNames.Target(rest, state, review));
                case "no" or "except" or "without" or "not": return new Except(TargetsOf(rest, state, review));
                case "keep": return new Keep(TargetsOf(rest, state, review));
            }

        return CommentOf(words) is var (at, said) ? new Comment(ReviewNames.Comment(at, said, state, review)) : new Unclear("Answer yes, no, changes, walk, diff, or help for the rest.");
    }

    private static ValueList<ReviewTarget> TargetsOf(string rest, RunState state, Review review) =>
        rest.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Where(name => name is not "and").Select(name => ReviewNames.Target(name, state, review)).ToValueList();

    // The place may hold colons itself, so that the first one with a blank behind it ends it.
    private static (string At, string Words)? CommentOf(string words)
    {
        var end = words.IndexOf(": ", StringComparison.Ordinal) is > 0 and var spaced ? spaced : words.IndexOf(':', StringComparison.Ordinal);
        return end <= 0 || words[..end].Contains(' ') ? null : (words[..end], words[(end + 1)..]);
    }
}
