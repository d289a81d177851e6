using System.Globalization;

namespace Planlane.Trials.Savings;

/// <summary>What the figures are, for a reader who has not seen the code.</summary>
internal static class PlainWords
{
    public static string Of(Assumptions assumptions) => string.Create(CultureInfo.InvariantCulture, $"""
        ## What is real here and what is not

        **Nobody paid for a model.** The model is a script that gives recorded answers, behind a simulator of the Messages API. So this says what the *way of working* costs, and nothing of how well a model
        plans or writes: every arm ends with the same files.

        Real: the engine, as it is shipped and through its public door; the requests with every byte of their prompts; the prompt cache, by the vendor's rules; tokens, counted from those bytes; the prices; git;
        the builds and tests of the finished work, which ran once for each set of files and command and are remembered.

        Simulated: how long a model takes (drawn from public measurements), its mistakes, the faults of the service and its rate limits (those of the tier "Start"), and how long builds and tools take (a section below for each way). Time is virtual:
        what the engine itself computes takes none, its compiling of changed C# in process included, nor does the network. On real runs of `auth` at twenty times the models' speed that was about 7 % above the time of models and checks (bench/README.md, whole runs).
        Tokens are estimated at 3.5 bytes each. Today's prices are put on the tokens of the 4.5 models: newer models count about 30 % more for the same text, in both arms.

        Who works:

        - **alone**: one conversation with Sonnet 4.5 that reads, writes one file a turn, builds between and mends what the build finds: T = 4F + 6 turns with a rolling cache. The turns in which it mends its own
          mistakes are among the T. A build in its midst is answered by the parser, as the real one would complain of files that are still to come; the build and the tests at its end are real.
        - **tuned**: the same with many files in one turn and one build: T = F + 4.
        - **--single**: what Planlane itself does with one agent. The script needs to look at nothing and writes everything in its first answer, which no real model would: read it as a limit of one agent.
        - **Planlane**: a plan by Sonnet 4.5, {assumptions.Slots} slots, agents on Haiku 4.5, escalation to Sonnet 4.5. Plan and work are approved at once:
          no time of a human is in any row.

        Mistakes of small models and of large ones, and faults of the service, are the same in all arms; {assumptions.StuckRate * 100:0} % of tasks are too hard for a small model, and in {assumptions.SlipSmallRate * 100:0} % of Planlane's runs
        only the build of the whole shows a mistake (in {assumptions.SlipLargeRate * 100:0} % where a large model writes). The planner's script makes none: its plan is right at once. The limit is what no division could go below: a plan that streams, a perfect cache, no mistake, one build.


        """);
}
