using Planlane.Sandbox;

namespace Planlane.Trials.Savings;

/// <summary>Answers commands with what they really say of the files, after the time that they take by the regime.</summary>
/// <param name="records">What they say.</param>
/// <param name="tools">How long they take.</param>
/// <param name="checks">The commands that check the work of all; together they take <paramref name="integrated"/> times the regime's seconds.</param>
/// <param name="integrated">That multiple.</param>
/// <param name="time">The virtual clock.</param>
internal sealed class TimedSandbox(CheckRecords records, ToolTime tools, IReadOnlyList<string> checks, double integrated, TimeProvider time) : ISandbox
{
    /// <inheritdoc />
    public SandboxFacts Facts => OpenSandbox.Nothing;

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        var result = await records.OutcomeAsync(command, cancellationToken).ConfigureAwait(false);
        var takes = tools.Next(command.Text, checks.Contains(command.Text) ? integrated / checks.Count : 1);
        await Task.Delay(takes, time, cancellationToken).ConfigureAwait(false);
        return result with { Seconds = takes.TotalSeconds };
    }
}
