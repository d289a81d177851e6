using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>How the commands of agents and checks will be held, and what they are given, so that it is seen before the yes.</summary>
internal static class CommandHoldLines
{
    private const string Free = "they run with your rights: your files and your network";

    /// <summary>Writes them.</summary>
    /// <param name="screen">The stream.</param>
    /// <param name="state">The run.</param>
    /// <param name="facts">What holds on this machine; null to tell only what is given, as for a run of the past.</param>
    public static void Write(Screen screen, RunState state, SandboxFacts? facts)
    {
        var policy = state.Settings.Workspace;
        if (facts is null && policy is { Setup.Count: 0, Environment.Count: 0, Include.Count: 0 })
            return;
        screen.Blank();
        if (facts is not null)
            WriteHold(screen, policy, facts);
        Item(screen, "Setup, once before any agent: ", policy.Setup);
        Item(screen, "Variables: ", policy.Environment.Select(variable => $"{variable.Name}={variable.Value}"));
        Item(screen, "Given although they may be secrets: ", policy.Include);
    }

    private static void WriteHold(Screen screen, WorkspacePolicy policy, SandboxFacts facts)
    {
        var (words, isHeld) = WordsOf(policy, facts);
        screen.Hanging("", "  ", isHeld ? Ink.Strong("Commands: ") : Ink.Alert($"{screen.Glyphs.Warning}Commands: "), words);
    }

    private static (string Words, bool IsHeld) WordsOf(WorkspacePolicy policy, SandboxFacts facts) => facts.Kind switch
    {
        _ when !policy.IsSandboxed => ($"no sandbox, as you wanted; {Free}.", false),
        SandboxKind.None => ($"no sandbox, as this machine has none; {Free}.", false),
        SandboxKind.JobObject => ("a Windows job object: processes and memory are held, files and network are not.", false),
        _ => ($"{facts.Name}, {NetworkOf(policy)}.", policy.Network is not NetworkAccess.Open),
    };

    private static string NetworkOf(WorkspacePolicy policy) => policy.Network switch
    {
        NetworkAccess.Open => "the whole network",
        NetworkAccess.Hosts => $"no network but {string.Join(", ", policy.Hosts)}",
        _ => "no network",
    };

    private static void Item(Screen screen, string label, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count == 0)
            return;
        screen.Line(Ink.Faint(label));
        foreach (var item in all)
            screen.Hanging("- ", "  ", item);
    }
}
