using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane init</c>: a settings file to fill in.</summary>
internal static class InitCommand
{
    private const string Template = $$"""
        // Settings of Planlane for this repository. Flags and environment variables go before them; the user's own file
        // ($XDG_CONFIG_HOME/planlane/config.json) comes after them. API keys never belong here: set ANTHROPIC_API_KEY.
        {
          // The model that plans, and takes over what agents cannot finish.
          // "plannerModel": "{{RunSettingsBuilder.DefaultPlanner}}",

          // The model of the agents.
          // "agentModel": "{{RunSettingsBuilder.DefaultAgent}}",

          // How many agents may run at once.
          // "slots": 8,

          // The most that one run may cost, in US dollars. No cap when it is missing.
          // An object also caps what all runs of a day (the local date) and of this repository cost together; of several
          // files the lowest of these two holds.
          // "budget": { "run": 3.00, "day": 10.00, "repository": 100.00 },

          // The most turns of one attempt at a task.
          // "maxTurns": 20,

          // The most agents that a plan may have.
          // "maxAgents": 24,

          // Whether the agents' model is asked first, for a fraction of a cent, if a request should be divided at all.
          // "triage": true,

          // The commands that build and test; recognised from the repository's files when they are missing.
          // "checks": { "build": "dotnet build", "test": "dotnet test" },

          // Branches on which no run may land, as patterns; such a run is refused before anything is paid for, unless it names a new branch.
          // "landing": { "protect": ["main", "release/*"] },

          // What the commands of agents and checks find, and what they may do. Setup commands run once in a run, before any agent. Ignored
          // files that look like secrets are not given unless a pattern of "include" (or a line of .worktreeinclude) names them.
          // This file can take the network away, but not give it: only flags, the environment and the user's own file do.
          // "workspace": {
          //   "include": [".env.test"],
          //   "setup": ["npm ci"],
          //   "env": { "NODE_ENV": "test" },
          //   "network": ["registry.npmjs.org"],
          //   "sandbox": true
          // }
        }

        """;

    public static Command Create(GlobalOptions options)
    {
        var command = new Command("init", $"Write a commented {SettingsSources.RepositoryFile} to fill in");
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var path = Path.Combine(SettingsSources.RootOf(Environment.CurrentDirectory), SettingsSources.RepositoryFile);
            if (Path.Exists(path) || SettingsSources.LinkOn(SettingsSources.RootOf(Environment.CurrentDirectory)) is not null)
                throw new PlanlaneException(FaultKind.Usage, $"{path} is already there.", "Edit it, or remove it first.");
            await WriteAsync(path, run.Interrupts.Stop).ConfigureAwait(false);
            run.Json?.Write(new { type = "initialized", path });
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                run.Terminal.Out.Line(Ink.Good($"{run.Terminal.Out.Glyphs.Done}Written: "), path);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, Template.ReplaceLineEndings("\n"), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The settings file cannot be written: {exception.Message}", null, exception);
        }
    }
}
