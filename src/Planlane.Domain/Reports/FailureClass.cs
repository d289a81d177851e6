namespace Planlane.Reports;

/// <summary>Why work is not done, by what could mend it.</summary>
public enum FailureClass
{
    /// <summary>Nothing more is known.</summary>
    Other,

    /// <summary>Something that the task names is missing or not met.</summary>
    Criterion,

    /// <summary>The code does not compile or parse.</summary>
    Compile,

    /// <summary>Tests ran and some failed.</summary>
    Tests,

    /// <summary>A command failed and says neither that code is wrong nor that tests failed.</summary>
    Command,

    /// <summary>A command was killed at its time limit: slow, waiting for something, or caught in code that never ends.</summary>
    TimeLimit,

    /// <summary>What the command needs is not here: a program, the network, space, memory, a right that the sandbox withholds. No model can mend it.</summary>
    Environment,

    /// <summary>The agent says that it is done, and no file differs.</summary>
    NoChange,

    /// <summary>The agent repeats the same calls with the same results.</summary>
    Loop,

    /// <summary>The agent claims success and has called no tool.</summary>
    UnfoundedClaim,

    /// <summary>The attempt reached its limit of turns, or its answers their limit of tokens.</summary>
    Limit,
}
