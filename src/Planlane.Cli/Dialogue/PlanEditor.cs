using Planlane.Approval;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Lets the user edit a plan document in an editor of theirs.</summary>
/// <param name="service">Knows the rules of plans.</param>
/// <param name="screen">Where problems are told.</param>
/// <param name="variable">Looks up <c>VISUAL</c> and <c>EDITOR</c>.</param>
internal sealed class PlanEditor(RunService service, Screen screen, Func<string, string?> variable)
{
    // A folder that only this user can enter; what was typed stays in it for the next try.
    private readonly Lazy<string> _path = new(() => Path.Combine(Directory.CreateTempSubdirectory("planlane-").FullName, "plan.json"));

    /// <summary>The edited plan; null when it was not changed or has problems, which are told.</summary>
    public async Task<PlanDecision.Edited?> EditAsync(RunState state, CancellationToken cancellationToken)
    {
        var path = _path.Value;
        var before = PlanDocument.Write(state.Plan!);
        if (!File.Exists(path))
            await File.WriteAllTextAsync(path, before + "\n", cancellationToken).ConfigureAwait(false);
        screen.Hanging("", "  ", Ink.Faint($"Opening {path}. Save it and close the editor to go on; a file that is as it was changes nothing."));
        if (!await new UserEditor(screen, variable).OpenAsync(path, cancellationToken).ConfigureAwait(false))
            return null;

        var reading = await PlanFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        if (reading.File is not { Plan: var plan })
            return Refuse(path, reading.Problems);
        if (PlanDocument.Write(plan) == before)
        {
            screen.Line("The plan is unchanged.");
            File.Delete(path);
            return null;
        }

        var proof = await service.ProveAsync(state, plan, cancellationToken).ConfigureAwait(false);
        if (!proof.Holds)
            return Refuse(path, proof.Problems.Select(reading.Place));
        if (!plan.Suitability.Orchestrate)
            return Refuse(path, [reading.Place(new PlanProblem("division-insisted", "suitability.orchestrate is false; to run none of it, answer no.") { At = "/suitability/orchestrate" })]);
        var estimate = await service.EstimateAsync(state, proof.Plan, cancellationToken).ConfigureAwait(false);
        File.Delete(path);
        return new PlanDecision.Edited(proof.Plan, estimate)
        {
            // Who edits a plan wants it run: what speaks against dividing is said, and does not stop it.
            Notes = proof.Verdict.Divides ? proof.Notes : proof.Notes.Add(new PlanNote("division-forced", $"What speaks against dividing this: {proof.Verdict.Reason}")),
            Contracts = proof.Contracts,
            Verdict = proof.Verdict with { Divides = true },
        };
    }

    private PlanDecision.Edited? Refuse(string path, IEnumerable<PlacedProblem> problems)
    {
        screen.Line(Ink.Alert("The edited plan cannot be run:"));
        foreach (var problem in problems)
            screen.Hanging("  - ", "    ", $"line {problem.Line}, column {problem.Column}: {problem.Message}", Ink.Faint($" ({problem.Rule})"));
        screen.Line($"Your edit is kept in {path}; \"edit\" opens it again.");
        return null;
    }
}
