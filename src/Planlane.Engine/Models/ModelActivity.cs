namespace Planlane.Models;

/// <summary>What can be told of a call before its answer is whole: a closed set. For display and for release of siblings only; act on the answer.</summary>
public abstract record ModelActivity
{
    private ModelActivity()
    {
    }

    /// <summary>A try is sent; whatever held it back is over.</summary>
    public sealed record Sent : ModelActivity;

    /// <summary>The answer began: from now on others can read what this request wrote to the prompt cache. Told again when a try is replayed.</summary>
    public sealed record FirstByte : ModelActivity;

    /// <summary>A piece of text came.</summary>
    /// <param name="Piece">The piece.</param>
    public sealed record Text(string Piece) : ModelActivity;

    /// <summary>The model began to write a tool call.</summary>
    /// <param name="Tool">The tool's name.</param>
    public sealed record ToolStarted(string Tool) : ModelActivity;

    /// <summary>A try failed and another one will be made.</summary>
    /// <param name="Fault">Why it failed.</param>
    /// <param name="Delay">How long from now the next try waits at least.</param>
    public sealed record Waiting(ModelFault Fault, TimeSpan Delay) : ModelActivity;
}
