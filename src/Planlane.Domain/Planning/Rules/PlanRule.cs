namespace Planlane.Planning.Rules;

/// <summary>One rule that a plan must keep.</summary>
/// <param name="Id">Never changes: saved plans, journals and scripts name it.</param>
/// <param name="Find">Everything in a plan that breaks it.</param>
internal sealed record PlanRule(string Id, Func<RuleScene, IEnumerable<Finding>> Find);

/// <summary>A place where a plan breaks a rule.</summary>
/// <param name="Message">What is wrong, with the task and the path, and what to do.</param>
/// <param name="At">Where in the plan document, as a JSON pointer; null when it is no one place.</param>
internal readonly record struct Finding(string Message, string? At = null);
