namespace Planlane.Simulator.Wire;

/// <summary>What the model answers: content blocks and why it stopped.</summary>
internal sealed record Answer(IReadOnlyList<AnswerBlock> Blocks, string StopReason)
{
    /// <summary>The category of a refusal.</summary>
    public string? RefusalCategory { get; init; }

    public static Answer OfText(string text) => new([new AnswerBlock.Text(text)], "end_turn");
}

/// <summary>One content block of an answer.</summary>
internal abstract record AnswerBlock
{
    private AnswerBlock()
    {
    }

    /// <summary>What is counted as output and streamed: the text, or the input's JSON.</summary>
    public abstract string Content { get; }

    /// <summary>Prose or a document.</summary>
    public sealed record Text(string Value) : AnswerBlock
    {
        public override string Content => Value;
    }

    /// <summary>A call of a tool.</summary>
    public sealed record ToolUse(string Id, string Name, string Input) : AnswerBlock
    {
        public override string Content => Input;

        /// <summary>Whether the input ends where the answer was cut off.</summary>
        public bool Cut { get; init; }
    }
}
