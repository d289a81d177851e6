using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Git;
using Planlane.Models;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane doctor</c>: what is there and what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create(GlobalOptions options)
    {
        var command = new Command("doctor", "Check what runs need: git, key, models, repository, settings, workspaces, sandbox");
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var git = await GitAsync(run.Interrupts.Stop).ConfigureAwait(false);
            var repository = await RepositoryAsync(run.Interrupts.Stop).ConfigureAwait(false);
            List<Finding> findings = [.. Machine(), git, repository, Key(), .. Models(), .. await WorkspaceFindings.OfAsync(run.Interrupts.Stop).ConfigureAwait(false), .. await SandboxFindings.OfAsync(run.Interrupts.Stop).ConfigureAwait(false)];
            var code = findings.Any(finding => finding.Level is Level.Bad) ? ExitCodes.Failed : ExitCodes.Ok;
            foreach (var finding in findings)
                run.Json?.Write(new { type = "finding", finding.Name, finding.Level, finding.Words, finding.Hint });
            run.Json?.Result(code);
            if (run.Json is null)
                Write(run.Terminal.Out, findings);
            return code;
        }));
        return command;
    }

    private static void Write(Screen screen, List<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length) + 2;
        foreach (var finding in findings)
        {
            screen.Labelled([Mark(finding.Level), Ink.Strong(finding.Name.PadRight(width))], finding.Words);
            if (finding.Hint is not null)
                screen.Hanging(new string(' ', width + 6), new string(' ', width + 6), Ink.Faint(finding.Hint));
        }
    }

    private static Phrase Mark(Level level) => level switch
    {
        Level.Good => Ink.Good("ok    "),
        Level.Note => Ink.Alert("note  "),
        _ => Ink.Bad("fail  "),
    };

    private static IEnumerable<Finding> Machine() =>
    [
        new("planlane", Level.Good, Program.Version),
        new(".NET", Level.Good, Environment.Version.ToString()),
        new("system", Level.Good, System.Runtime.InteropServices.RuntimeInformation.OSDescription),
    ];

    private static async Task<Finding> GitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await new GitCli(Environment.CurrentDirectory).TextAsync(new GitCall("version"), cancellationToken).ConfigureAwait(false);
            return new("git", Level.Good, text.Replace("git version ", "", StringComparison.Ordinal));
        }
        catch (PlanlaneException fault)
        {
            return Bad("git", fault);
        }
    }

    private static async Task<Finding> RepositoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var repository = await GitRepository.OpenAsync(Environment.CurrentDirectory, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            var state = await repository.EnsureRunnableAsync(cancellationToken).ConfigureAwait(false);
            return new("repository", Level.Good, $"{repository.Root} on {state.BranchRef?.Replace("refs/heads/", "", StringComparison.Ordinal) ?? "a detached HEAD"}");
        }
        catch (PlanlaneException fault)
        {
            return new("repository", Level.Note, fault.Message, fault.Hint);
        }
    }

    private static Finding Key()
    {
        try
        {
            var connection = ModelConnection.FromEnvironment(Environment.GetEnvironmentVariable);
            return new("key", Level.Good, $"present, for {connection.BaseUrl.Host}; not tried, as that would cost");
        }
        catch (PlanlaneException fault)
        {
            return new("key", Level.Note, fault.Message, fault.Hint);
        }
    }

    private static IEnumerable<Finding> Models()
    {
        ModelCatalogue catalogue;
        Requests.RunSettings settings;
        try
        {
            catalogue = ModelCatalogue.Load();
            settings = EngineDoor.SettingsOf(SettingsLayer.Empty);
        }
        catch (PlanlaneException fault)
        {
            return [Bad("settings", fault)];
        }

        var money = settings.Budget is { } budget ? $"budget {budget}" : "no budget";
        money += (settings.SharedBudgets.Day is { } day ? $", {day} a day" : "") + (settings.SharedBudgets.Repository is { } all ? $", {all} for this repository" : "");
        return
        [
            new("settings", Level.Good, $"planner {settings.Planner.Id}, agents {settings.Agent.Id}, {settings.Slots} slots, {money}"),
            new("models", Level.Good, string.Join("; ", catalogue.Models.GroupBy(model => model.Facts.Family).Select(family => Together([.. family.Select(model => model.Facts.Id.Value)])))),
        ];
    }

    // The ids of a family, such as "claude-haiku-4-5, -5-5": what they share is said once.
    private static string Together(List<string> ids)
    {
        var shared = ids[0].LastIndexOf('-');
        while (shared > 0 && !ids.TrueForAll(id => id.StartsWith(ids[0][..(shared + 1)], StringComparison.Ordinal)))
            shared = ids[0].LastIndexOf('-', shared - 1);
        return shared <= 0 ? string.Join(", ", ids) : string.Join(", ", ids.Select((id, at) => at == 0 ? id : id[shared..]));
    }

    private static Finding Bad(string name, PlanlaneException fault) => new(name, Level.Bad, fault.Message, fault.Hint);
}
