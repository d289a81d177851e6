using System.CommandLine;
using System.CommandLine.Parsing;
using Planlane.Cli.Dialogue;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>The options that decide a review without a question.</summary>
internal sealed class ReviewOptions
{
    private readonly Option<string[]> _approve = Repeated("--approve", "Commit the work of these agents, such as Haiku-1,Haiku-2, or all that is not rejected", "AGENTS|all");
    private readonly Option<string[]> _reject = Repeated("--reject", "Leave out an agent, a file of it, or a hunk: Haiku-3, Haiku-2:src/a.cs, Haiku-2:src/a.cs#2; or all", "NAME");
    private readonly Option<string[]> _viewed = Repeated("--viewed", "Mark the files of an agent, one file, or all as viewed", "NAME");
    private readonly Option<string?> _decision = new("--decision") { Description = "Read the decision from a JSON file, - for standard input", HelpName = "FILE" };
    private readonly Option<string?> _work = new("--work") { Description = "Decide on the work of this tree, and on no other", HelpName = "HASH" };

    private readonly Option<string[]> _comment = new("--comment")
    {
        Description = "Ask an agent for a change, with its transcript kept: AGENT, AGENT:PATH or AGENT:PATH:LINE, then the words",
        HelpName = "PLACE WORDS",
        Arity = new ArgumentArity(2, 1_000),
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command, Option<string?> auto)
    {
        Option[] all = [_approve, _reject, _comment, _viewed, _decision, _work];
        foreach (var option in all)
            command.Add(option);
        command.Validators.Add(result => Validate(result, auto));
    }

    /// <summary>What the options say; null when they say nothing.</summary>
    public GivenReview? Of(ParseResult parsed)
    {
        if (parsed.GetValue(_decision) is { } path)
            return DecisionFile.Read(path);
        var comments = (parsed.GetValue(_comment) ?? []).Chunk(2).Select(pair => new GivenComment(pair[0], pair[1])).ToValueList();
        var given = new GivenReview(Names(parsed, _approve), Names(parsed, _reject), comments, Names(parsed, _viewed), parsed.GetValue(_work));
        return given.Decides || given.Viewed.Count > 0 ? given : null;
    }

    private void Validate(CommandResult result, Option<string?> auto)
    {
        bool Has(Option option) => result.GetResult(option) is { Implicit: false };
        var decides = Has(_approve) || Has(_reject) || Has(_comment);
        if (Has(_decision) && (decides || Has(_viewed) || Has(_work)))
            result.AddError("--decision is the whole decision; the file holds what the other options would say.");
        else if (Has(auto) && (decides || Has(_decision)))
            result.AddError("--auto-approve is a rule for work that was not looked at; with --approve, --reject, --comment or --decision you decide yourself.");
        else if (Has(_work) && !decides)
            result.AddError("--work says which work --approve, --reject or --comment are for.");
        else if (Has(_comment) && result.GetResult(_comment)!.Tokens.Count % 2 != 0)
            result.AddError("--comment takes a place and the words: --comment Haiku-4:auth/jwt.cs:31 \"Compare in constant time\".");
    }

    // A path may hold commas; names of agents do not.
    private static ValueList<string> Names(ParseResult parsed, Option<string[]> option) =>
        (parsed.GetValue(option) ?? []).SelectMany(text => text.Contains(':') ? [text] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToValueList();

    private static Option<string[]> Repeated(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = false };
}
