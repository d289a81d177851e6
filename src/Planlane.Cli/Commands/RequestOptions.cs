using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Commands;

/// <summary>The request of a command: in words or in a file, with what its flags add.</summary>
internal sealed class RequestOptions
{
    private readonly Argument<string?> _words = RequestArgument.Create();

    private readonly Option<string?> _file = new("--request") { Description = "Read the request from a file: text, or JSON with goal, constraints, splitHints, agents", HelpName = "FILE" };
    private readonly Option<string[]> _require = Repeated("--require", "What the work must satisfy, such as \"use Zod\"; may be given several times");
    private readonly Option<string[]> _agents = Repeated("--agents", "How many, or how to split it, such as \"one agent for types\"; may be given several times");

    private readonly Option<string?> _after = new("--after") { Description = "Follow this landed run: plan on its commits, with what it learned", HelpName = "RUN" };

    /// <summary>Those that say what is asked.</summary>
    public IEnumerable<Option> All => [_file, _require, _agents, _after];

    public void AddTo(Command command)
    {
        command.Add(_words);
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>The command that asks for the same again; null when it has to be made of the request, as that was not in a file.</summary>
    public string? CommandOf(ParseResult parsed) => FileOf(parsed) is { } file ? CommandText.OfFile(file, Items(parsed, _require), Items(parsed, _agents), AfterOf(parsed)) : null;

    /// <summary>Whether anything was asked.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_words) is not null || FileOf(parsed) is not null;

    /// <summary>The request.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="commands">The names of all commands, to recognise a mistyped one.</param>
    /// <exception cref="PlanlaneException">It is empty, or given twice, or cannot be read; kind <see cref="FaultKind.Usage"/>.</exception>
    public RunRequest Read(ParseResult parsed, IEnumerable<string> commands)
    {
        var (words, file) = (parsed.GetValue(_words), FileOf(parsed));
        if (words is not null && file is not null)
            throw new PlanlaneException(FaultKind.Usage, "The request is given in words and as a file.", "Give one of them; --require and --agents add to either.");
        var request = (file is null ? RequestArgument.Read(words, commands) : RequestFile.Read(file))
            .With(Items(parsed, _require), Items(parsed, _agents)) with
        { After = AfterOf(parsed) };
        return RequestRules.ProblemOf(request) is { } problem
            ? throw new PlanlaneException(FaultKind.Usage, problem, "Say what to build: planlane \"Add a health endpoint with tests\"")
            : request;
    }

    private RunId? AfterOf(ParseResult parsed) => parsed.GetValue(_after) is { } run ? new RunId(run) : null;

    private string? FileOf(ParseResult parsed) => parsed.GetValue(_file);

    private static string[] Items(ParseResult parsed, Option<string[]> option)
    {
        var items = parsed.GetValue(option) ?? [];
        return items.Any(string.IsNullOrWhiteSpace)
            ? throw new PlanlaneException(FaultKind.Usage, $"{option.Name} has an empty text.", $"Say it in words: {option.Name} \"…\"")
            : items;
    }

    private static Option<string[]> Repeated(string name, string description) =>
        new(name) { Description = description, HelpName = "TEXT", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
