using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What is said in the same words wherever it holds.</summary>
internal static class Notices
{
    /// <summary>Writes that a run is being stopped in order.</summary>
    public static void WriteStopping(Screen screen) =>
        screen.Line(Ink.Alert("Stopping: "), "nothing new is begun, and answers that are being paid for are taken. Ctrl-C again stops at once.");

    /// <summary>Writes what the figures of a scripted model are; nothing for a real one.</summary>
    public static void WriteScripted(Screen screen, RunState state)
    {
        if (state.Settings.Scripted)
            screen.Hanging("", "  ", Ink.Alert("Demo: "), "the model is scripted and simulated, so its tokens, prices and times are computed, not paid. Files, checks and commits are real.");
    }
}
