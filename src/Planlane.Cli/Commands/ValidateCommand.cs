using System.CommandLine;
using Planlane.Cli.Settings;
using Planlane.Cli.Views;
using Planlane.Planning;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane validate plan.json</c>: everything that is wrong with a plan, each with its place in the file.</summary>
internal static class ValidateCommand
{
    public static Command Create(GlobalOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "A plan that 'planlane plan -o' saved, or one from elsewhere" };
        var rebase = new Option<bool>("--rebase") { Description = "If the plan has no problems on HEAD, make HEAD the commit that it is for" };
        var command = new Command("validate", "Check a plan: the document, lanes disjoint, graph acyclic, everything covered") { file, rebase };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var result = await ValidateAsync(run.Parsed.GetValue(file)!, run.Parsed.GetValue(rebase), run.Interrupts.Stop).ConfigureAwait(false);
            run.Json?.Write(result.ToJson());
            run.Json?.Result(result.ExitCode);
            if (run.Json is null)
                ValidationView.Write(run.Terminal.Out, result);
            return result.ExitCode;
        }));
        return command;
    }

    private static async Task<Validation> ValidateAsync(string path, bool rebase, CancellationToken cancellationToken)
    {
        var reading = await PlanFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        if (reading.File is not { } saved)
            return new Validation(path, reading.Problems, null, null, false);

        var service = await EngineDoor.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        var proof = await service.ProveAsync(saved.Request, saved.Plan, EngineDoor.SettingsOf(SettingsLayer.Empty), cancellationToken).ConfigureAwait(false);
        var moved = await service.MoveSinceAsync(saved, cancellationToken).ConfigureAwait(false);
        var rebased = rebase && proof.Holds && moved is not null && await PlanFile.RebaseAsync(path, reading, moved.To, cancellationToken).ConfigureAwait(false);
        return new Validation(path, [.. proof.Problems.Select(reading.Place)], proof, moved, rebased);
    }
}

/// <summary>What was found in a plan's file.</summary>
/// <param name="Path">The file as the user named it.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Proof">What the rules say; null when the document itself is wrong.</param>
/// <param name="Moved">What moved since the plan's base; null when HEAD is its base.</param>
/// <param name="Rebased">Whether HEAD was made the base of the file.</param>
internal sealed record Validation(string Path, IReadOnlyList<PlacedProblem> Problems, PlanProof? Proof, BaseMove? Moved, bool Rebased)
{
    /// <summary>The hash of the plan as it would be approved; null when there is no plan.</summary>
    public string? Hash => Proof is null ? null : PlanFile.HashOf(Proof.Plan);

    /// <summary>Whether HEAD is not what the file is for.</summary>
    public bool IsStale => Moved is not null && !Rebased;

    /// <summary>The code that <c>planlane run</c> would refuse the plan with.</summary>
    public int ExitCode => this switch
    {
        { Problems.Count: > 0 } => ExitCodes.Usage,
        { IsStale: true } => ExitCodes.Stale,
        { Proof.Verdict.Divides: false } => ExitCodes.Unsuitable,
        _ => ExitCodes.Ok,
    };

    public object ToJson() => new
    {
        Type = "validation",
        Hash,
        Problems,
        Notes = Proof?.Notes ?? [],
        Divides = Proof?.Verdict.Divides,
        Stale = IsStale,
        Moved = IsStale ? Moved!.Words() : null,
        Rebased,
    };
}
