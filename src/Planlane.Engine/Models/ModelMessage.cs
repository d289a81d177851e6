using Planlane.Values;

namespace Planlane.Models;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Blocks">What is said, in order.</param>
public sealed record ModelMessage(ModelRole Role, ValueList<ModelBlock> Blocks);

/// <summary>Who speaks in a conversation.</summary>
public enum ModelRole
{
    /// <summary>The engine and its user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
