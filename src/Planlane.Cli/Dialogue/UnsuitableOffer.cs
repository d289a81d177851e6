using Planlane.Cli.Output;
using Planlane.Requests;

namespace Planlane.Cli.Dialogue;

/// <summary>What is offered when a request should not be divided among agents: one agent alone, or to divide it anyway.</summary>
internal static class UnsuitableOffer
{
    public const string Question = "Run it with one agent instead? (yes / no / divide anyway)";

    /// <summary>Writes the two commands.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="command">The command that began the run, without its other flags.</param>
    public static void Write(Screen screen, string command)
    {
        screen.Blank();
        screen.Line("With one agent: ", Ink.Strong($"{command} --single"));
        screen.Line("Divide it anyway: ", Ink.Strong($"{command} --force"));
        if (command.EndsWith($" {CommandText.SomeFile}", StringComparison.Ordinal))
            screen.Line(Ink.Faint($"{CommandText.SomeFile} is a text file with your request, which is too long to be repeated here."));
    }

    /// <summary>Asks which it is to be; null when the request is left.</summary>
    public static async Task<RunMode?> AskAsync(Answers answers, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await answers.AskAsync(Question, cancellationToken).ConfigureAwait(false);
            switch (answer?.ToLowerInvariant())
            {
                case "yes" or "y" or "ok" or "okay" or "sure": return RunMode.Single;
                case "divide anyway" or "divide" or "d" or "anyway" or "force": return RunMode.Forced;
                case null or "no" or "n": return null;
                default: answers.Screen.Line("Answer yes for one agent, no to leave it, or \"divide anyway\"."); break;
            }
        }
    }
}
