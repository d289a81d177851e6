namespace Planlane.Budgets;

/// <summary>Where it is written down what runs spend.</summary>
/// <param name="Path">The file; runs that have the same one share the day's cap.</param>
/// <param name="Account">Who is paid, such as the address of the API: what different accounts are paid does not count together. May be empty.</param>
public sealed record SpendPlace(string Path, string Account);
