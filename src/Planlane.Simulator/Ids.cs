namespace Planlane.Simulator;

/// <summary>Ids that look like the vendor's.</summary>
internal static class Ids
{
    private const string Letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Next(string prefix, Random random) => prefix + new string(random.GetItems<char>(Letters, 22));
}
