using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Something that an agent may do. Its description for the model lies as a file of the same name beside the class.</summary>
public interface ITool
{
    /// <summary>The name that the model calls.</summary>
    string Name { get; }

    /// <summary>The JSON schema of the arguments.</summary>
    string InputSchema { get; }

    /// <summary>Does it. What the agent got wrong is an answer that it can act on, never an exception.</summary>
    /// <param name="input">The arguments; not yet checked.</param>
    /// <param name="scene">Whose call it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken);
}

/// <summary>What a tool says to the model.</summary>
/// <param name="Text">What it reads.</param>
/// <param name="IsError">Whether the call was refused or failed.</param>
public readonly record struct ToolAnswer(string Text, bool IsError = false)
{
    /// <summary>A refusal that says what to do about it.</summary>
    public static ToolAnswer Refused(string text) => new(text, true);
}
