namespace Planlane.Planning.Rules;

/// <summary>The texts of a plan with their places in the document.</summary>
internal static class PlanTexts
{
    /// <summary>The one-line texts that are names or commands, where a character that cannot be seen deceives.</summary>
    public static IEnumerable<PlanText> NamesOf(Plan plan)
    {
        foreach (var (place, task) in plan.Tasks.Index())
        {
            yield return new(task.Id.Value, $"/tasks/{place}/id");
            yield return new(task.Title, $"/tasks/{place}/title");
            yield return new(task.CommitMessage, $"/tasks/{place}/commitMessage");
            if (task.Check is { } check)
                yield return new(check, $"/tasks/{place}/check");
            if (task.Model is { } model)
                yield return new(model.Value, $"/tasks/{place}/model");
            foreach (var (index, id) in task.DependsOn.Index())
                yield return new(id.Value, $"/tasks/{place}/dependsOn/{index}");
        }

        foreach (var (index, check) in plan.Checks.Index())
        {
            yield return new(check.Name, $"/checks/{index}/name");
            yield return new(check.Command, $"/checks/{index}/command");
        }
    }

    /// <summary>Every path and pattern.</summary>
    public static IEnumerable<PlanText> PathsOf(Plan plan)
    {
        foreach (var (index, contract) in plan.Contracts.Index())
            yield return new(contract.Path.Value, $"/contracts/{index}/path");
        foreach (var (place, task) in plan.Tasks.Index())
        {
            foreach (var (index, glob) in task.Owns.Paths.Index())
                yield return new(glob.Value, $"/tasks/{place}/owns/{index}");
            foreach (var (index, path) in task.Reads.Index())
                yield return new(path.Value, $"/tasks/{place}/reads/{index}");
            foreach (var (index, path) in task.ChangesSignatures.Index())
                yield return new(path.Value, $"/tasks/{place}/changesSignatures/{index}");
            foreach (var (index, move) in task.Moves.Index())
            {
                yield return new(move.From.Value, $"/tasks/{place}/moves/{index}/from");
                yield return new(move.To.Value, $"/tasks/{place}/moves/{index}/to");
            }
        }
    }

    /// <summary>The texts that people and models read as sentences.</summary>
    public static IEnumerable<PlanText> SentencesOf(Plan plan)
    {
        yield return new(plan.Suitability.Reason, "/suitability/reason");
        foreach (var (index, stage) in plan.Stages.Index())
            yield return new(stage, $"/stages/{index}");
        foreach (var (place, task) in plan.Tasks.Index())
            foreach (var (index, criterion) in task.Acceptance.Index())
                yield return new(criterion, $"/tasks/{place}/acceptance/{index}");
        foreach (var (index, cover) in plan.Covers.Index())
        {
            yield return new(cover.Item, $"/covers/{index}/item");
            foreach (var (task, id) in cover.Tasks.Index())
                yield return new(id.Value, $"/covers/{index}/tasks/{task}");
        }
    }

    /// <summary>The texts of many lines.</summary>
    public static IEnumerable<PlanText> LongOf(Plan plan) =>
        plan.Tasks.Index().Select(task => new PlanText(task.Item.Brief, $"/tasks/{task.Index}/brief"))
            .Concat(plan.Contracts.Index().Select(contract => new PlanText(contract.Item.Content, $"/contracts/{contract.Index}/content")))
            .Append(new PlanText(plan.Conventions, "/conventions"));

    /// <summary>All but the texts of many lines and the paths.</summary>
    public static IEnumerable<PlanText> ShortOf(Plan plan) => NamesOf(plan).Concat(SentencesOf(plan));
}

/// <summary>A text of a plan.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="At">Where.</param>
internal readonly record struct PlanText(string Text, string At);
