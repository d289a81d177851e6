using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What is said wherever figures of a scripted model show.</summary>
internal static class Notices
{
    public static void WriteScripted(Screen screen, RunState state)
    {
        if (state.Settings.Scripted)
            screen.Hanging("", "  ", Ink.Alert("Demo: "), "the model is scripted and simulated, so its tokens, prices and times are computed, not paid. Files, checks and commits are real.");
    }
}
