namespace Planlane.Simulator.Ledgers;

/// <summary>A rise of all prices that nobody announced: from some call on each call costs more than the price rows say.</summary>
/// <param name="AfterCalls">So many calls have the old prices.</param>
/// <param name="Factor">What the later ones cost as a multiple of the old prices; more than 0.</param>
public sealed record PriceRise(int AfterCalls, decimal Factor);
