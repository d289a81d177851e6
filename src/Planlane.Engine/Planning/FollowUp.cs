using System.Text;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>The part of the planner's prompt that tells what the run before it learned.</summary>
internal static class FollowUp
{
    /// <summary>The section, with what it means for the plan.</summary>
    public static string Of(EarlierRun earlier)
    {
        var text = new StringBuilder().Append(PromptText.OneLine(earlier.Goal)).Append('\n');
        Append(text, "Before it", earlier.Before.Select(run => $"{run.Id}: {run.Goal}"));
        Append(text, "Commits", earlier.Commits);
        Append(text, "Contracts", earlier.Contracts.Select(path => path.Value));
        Append(text, "Files", earlier.Files.Except(earlier.Contracts).Select(path => path.Value));
        Append(text, "Decisions of the user", earlier.Decisions);
        Append(text, "Open", earlier.Open);
        Append(text, "Notes of agents", earlier.Notes);
        return $"{PromptText.Framed("earlier-run", $"id=\"{earlier.Id}\"", text.ToString())}{Prompts.Read("Planning/FollowUp.md")}\n\n";
    }

    private static void Append(StringBuilder text, string name, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
            text.Append(name).Append(":\n").AppendJoin("", all.Select(item => $"- {PromptText.OneLine(item)}\n"));
    }
}
