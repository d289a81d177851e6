using System.CommandLine;
using System.CommandLine.Parsing;
using Planlane.Cli.Html;
using Planlane.Cli.Markdown;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary>The forms in which a whole run can be shown beside the screen: a page, and Markdown.</summary>
internal sealed class ShowForm
{
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write the run as one page that opens without network; - writes it to stdout [default: run-RUN.html]",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _markdown = new("--markdown") { Description = "Write the run as Markdown, such as for a pull request" };

    public void AddTo(Command command)
    {
        command.Add(_html);
        command.Add(_markdown);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_html) is { } file && file != "-" && !file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
                result.AddError($"--html takes a file whose name ends in .html, or -, and '{file}' is none. Name the run before it: planlane show RUN --html");
            if (result.GetResult(_html) is not null && result.GetValue(_markdown))
                result.AddError("--html and --markdown exclude each other.");
        });
    }

    /// <summary>Whether one of them is asked for.</summary>
    public bool IsGiven(ParseResult parsed) => IsGiven(parsed.CommandResult);

    /// <summary>The same while a command line is checked.</summary>
    public bool IsGiven(CommandResult parsed) => parsed.GetResult(_html) is not null || parsed.GetValue(_markdown);

    /// <summary>Writes the form that is asked for.</summary>
    /// <exception cref="PlanlaneException">The file cannot be written.</exception>
    public async Task<int> WriteAsync(CommandRun run, RunService service, RunState state)
    {
        var stop = run.Interrupts.Stop;
        if (run.Parsed.GetValue(_markdown))
        {
            run.Terminal.Out.Text(RunMarkdown.Of(state, ProcessSecrets.Mask));
            return ExitCodes.Ok;
        }

        using var page = new StringWriter();
        RunPage.Write(page, new RunPageSource(await service.ReadAsync(state.Id, stop).ConfigureAwait(false), await service.DiffsAsync(state, stop).ConfigureAwait(false)), ProcessSecrets.Mask);
        if (run.Parsed.GetValue(_html) is "-")
        {
            run.Terminal.Out.Text(page.ToString());
            return ExitCodes.Ok;
        }

        var path = Path.GetFullPath(run.Parsed.GetValue(_html) ?? $"run-{state.Id}.html");
        await SaveAsync(path, page.ToString(), stop).ConfigureAwait(false);
        run.Json?.Write(new { type = "page", run = state.Id, path });
        run.Json?.Result(ExitCodes.Ok);
        if (run.Json is null)
            run.Terminal.Out.Line("Written to ", Ink.Strong(path), ". It opens in any browser, without network.");
        return ExitCodes.Ok;
    }

    private static async Task SaveAsync(string path, string page, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, page, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The page cannot be written: {exception.Message}", "Name another file: planlane show --html FILE", exception);
        }
    }
}
