using System.Globalization;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Solves by an order what an order can solve: two tasks that meet run one after the other.</summary>
/// <remarks>
/// Of two tasks that can run together and meet, the one that is listed later waits; but a task that puts hubs together waits for the other one. Pairs are taken
/// nearest in the list first, so that a chain of neighbours already orders those further apart, and what the rest implies is taken out again: no dependency that
/// was added can be left out. A pair that has an order needs none, and two without one get one without a cycle, so every overlap is solved.
/// </remarks>
public static class PlanOrdering
{
    private const string Lanes = "lanes-ordered", Hubs = "hubs-ordered";

    /// <summary>The plan with the dependencies that its overlaps need, and a note for each.</summary>
    /// <remarks>A plan whose own order is broken (a cycle, two tasks of one id) or that is of absurd size stays as it is, for the rules to refuse.</remarks>
    /// <param name="plan">The plan as it was made.</param>
    /// <param name="settings">The models, for what the waiting costs.</param>
    /// <param name="facts">What the repository holds.</param>
    public static OrderedPlan Of(Plan plan, RunSettings settings, RepositoryFacts facts)
    {
        var order = new TaskOrder(plan);
        if (!order.IsAcyclic || plan.Tasks.DistinctBy(task => task.Id).Count() < plan.Tasks.Count || Rules.SizeRules.Exceeds(plan))
            return new OrderedPlan(plan, []);

        var added = Needed(Overlaps(plan, order, facts), order);
        var kept = Unimplied(plan, added).OrderBy(wait => wait.Later).ThenBy(wait => wait.Earlier).ToList();
        var notes = new List<PlanNote>();
        var starts = kept.Count == 0 ? [] : Starts(plan, settings);
        foreach (var wait in kept)
        {
            var before = starts[wait.Later];
            plan = plan with { Tasks = plan.Tasks.Replace(task => task.Id == plan.Tasks[wait.Later].Id, task => task with { DependsOn = task.DependsOn.Add(plan.Tasks[wait.Earlier].Id) }) };
            starts = Starts(plan, settings);
            notes.Add(NoteOf(plan, wait, starts[wait.Later] - before));
        }

        return new OrderedPlan(plan, notes.ToValueList());
    }

    // All that meet and have no order, each with the one that waits.
    private static IEnumerable<Wait> Overlaps(Plan plan, TaskOrder order, RepositoryFacts facts)
    {
        var lanes = new LaneIndex(plan);
        var areas = new HubAreas(lanes, facts);
        var late = areas.Owned.SelectMany(hub => hub.Owners).Select(owner => owner.Task).Distinct().Where(task => HubAreas.PutsTogether(plan, order, task)).ToHashSet();
        var meetings = lanes.Meetings(order.AreTogether).Select(meeting => WaitOf(Lanes, meeting.First.Task, meeting.Second.Task, meeting.Path, late));
        var beside = areas.Owned.SelectMany(hub => hub.Owners.SelectMany(owner => areas.TasksIn(hub)
            .Where(task => order.AreTogether(owner.Task, task)).Select(task => WaitOf(Hubs, Math.Min(owner.Task, task), Math.Max(owner.Task, task), hub.Path, late))));
        return meetings.Concat(beside).ToList();
    }

    private static Wait WaitOf(string rule, int first, int second, RepoPath path, HashSet<int> late) =>
        late.Contains(first) && !late.Contains(second) ? new Wait(rule, Earlier: second, Later: first, path) : new Wait(rule, first, second, path);

    private static List<Wait> Needed(IEnumerable<Wait> overlaps, TaskOrder order)
    {
        var added = new List<Wait>();
        foreach (var wait in overlaps.OrderBy(wait => Math.Abs(wait.Later - wait.Earlier)).ThenBy(wait => wait.Earlier).ThenBy(wait => wait.Later).ThenBy(wait => wait.Rule == Lanes ? 0 : 1))
            if (order.AreTogether(wait.Earlier, wait.Later))
            {
                order.Add(wait.Earlier, wait.Later);
                added.Add(wait);
            }

        return added;
    }

    // Those that the other dependencies do not imply. Of an acyclic graph the implied ones can be left out all at once.
    private static IEnumerable<Wait> Unimplied(Plan plan, List<Wait> added)
    {
        var places = plan.Tasks.Index().ToDictionary(task => task.Item.Id, task => task.Index);
        var earlier = plan.Tasks.Select(task => task.DependsOn.Where(places.ContainsKey).Select(id => places[id]).ToList()).ToArray();
        foreach (var wait in added)
            earlier[wait.Later].Add(wait.Earlier);
        return added.Where(wait => !LeadsTo(earlier, earlier[wait.Later].Where(task => task != wait.Earlier), wait.Earlier)).ToList();
    }

    private static bool LeadsTo(List<int>[] earlier, IEnumerable<int> from, int target)
    {
        var open = new Stack<int>(from);
        var seen = new HashSet<int>(open);
        while (open.TryPop(out var task))
            foreach (var next in earlier[task])
                if (next == target)
                    return true;
                else if (seen.Add(next))
                    open.Push(next);
        return false;
    }

    // The second at which each task can start when there are agents enough.
    private static double[] Starts(Plan plan, RunSettings settings)
    {
        var places = plan.Tasks.Index().ToDictionary(task => task.Item.Id, task => task.Index);
        var starts = new double[plan.Tasks.Count];
        foreach (var task in PlanGraph.InDependencyOrder(plan))
            starts[places[task.Id]] = task.DependsOn.Where(places.ContainsKey).Select(id => places[id]).Select(place => starts[place] + TaskTime.SecondsOf(plan.Tasks[place], settings)).DefaultIfEmpty(0).Max();
        return starts;
    }

    private static PlanNote NoteOf(Plan plan, Wait wait, double seconds)
    {
        var (earlier, later) = (plan.Tasks[wait.Earlier].Id, plan.Tasks[wait.Later].Id);
        var cost = seconds < 1 ? "it starts no later for that" : $"it starts about {seconds.ToString("0", CultureInfo.InvariantCulture)} s later for that";
        return new PlanNote(wait.Rule, UnseenText.Shown(wait.Rule == Lanes
            ? $"'{later}' now waits for '{earlier}', as both may write '{wait.Path}'; {cost}."
            : $"'{later}' now waits for '{earlier}', as one of them writes '{wait.Path}', which concerns the other; {cost}."));
    }

    private sealed record Wait(string Rule, int Earlier, int Later, RepoPath Path);
}

/// <summary>A plan whose overlaps have an order.</summary>
/// <param name="Plan">The plan with the dependencies that were added.</param>
/// <param name="Notes">One for each of them: which tasks, where they meet, and what the waiting costs.</param>
public sealed record OrderedPlan(Plan Plan, ValueList<PlanNote> Notes);
