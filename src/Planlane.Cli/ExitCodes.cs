using Planlane.Runs;

namespace Planlane.Cli;

/// <summary>The exit codes of the command line; a contract with scripts.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int InputNeeded = 3;
    public const int InPart = 4;
    public const int Budget = 5;
    public const int ChecksFailed = 6;
    public const int Stale = 7;
    public const int Unsuitable = 8;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Quit = 131;
    public const int Terminated = 143;

    public static int Of(FaultKind kind) => kind switch
    {
        FaultKind.Usage => Usage,
        FaultKind.InputNeeded => InputNeeded,
        FaultKind.Budget => Budget,
        FaultKind.ChecksFailed => ChecksFailed,
        FaultKind.Stale => Stale,
        FaultKind.Unsuitable => Unsuitable,
        _ => Failed,
    };

    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed or RunOutcome.Planned => Ok,
        RunOutcome.CompletedInPart or RunOutcome.Rejected => InPart,
        RunOutcome.Unsuitable => Unsuitable,
        _ => Failed,
    };

    /// <summary>The code of a run as it stands: ended, standing still, or waiting for somebody.</summary>
    public static int Of(RunState state) => state switch
    {
        { End: { } end } => Of(end.Outcome),
        { Waiting: not RunWait.Nobody, Halt: null } => InputNeeded,
        _ => Of(RunDecider.StandsStill(state)?.Kind ?? FaultKind.Failed),
    };
}
