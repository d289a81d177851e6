using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Planlane.Cli.Commands;

/// <summary>The help of a command, with examples, and for the whole program the exit codes.</summary>
internal sealed class HelpText(HelpAction basic) : SynchronousCommandLineAction
{
    private const string RootExamples = """
        Examples:
          planlane demo                                          see a whole run, without a key
          planlane "Add login with JWT, hashing and tests"       plan, ask, work, ask, commit
          planlane plan "Add login" -o plan.json                 save a plan to read and edit
          planlane run plan.json --auto-approve plan             run it; ask before the commits
          planlane "Add login" --budget 3.00 --auto-approve all --no-input


        """;

    private const string ExitCodesText = """
        Exit codes:
          0 ok    1 failed    2 usage    3 a decision is needed    4 finished, in part or rejected    5 budget reached
          6 checks failed    7 plan stale or HEAD moved    8 not suitable    130 Ctrl-C    143 terminated

        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var isRoot = parseResult.CommandResult.Command is RootCommand;
        if (isRoot)
            output.Write(RootExamples);
        var code = basic.Invoke(parseResult);
        if (isRoot)
            output.Write(ExitCodesText);
        return code;
    }
}
