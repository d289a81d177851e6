using System.Globalization;
using System.Text.RegularExpressions;

namespace Planlane.Reports.Tests;

/// <summary>Numbers and outcomes in what a regular expression found.</summary>
internal static class MatchText
{
    /// <summary>A group as a number; 0 when it is not there.</summary>
    public static int Number(this Match match, string group) => int.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A group's text.</summary>
    public static string Text(this Match match, string group) => match.Groups[group].Value.Trim();

    /// <summary>The number before a word, such as 3 in "3 failed"; 0 when it is not there.</summary>
    public static int Before(string line, string word) => Regex.Match(line, $@"(?<![\w.])(?<n>\d+) {word}\b").Number("n");

    /// <summary>The outcome that a runner's word or mark means.</summary>
    public static TestOutcome Outcome(string word) => word.ToLowerInvariant() switch
    {
        "passed" or "pass" or "ok" or "xpass" or "✓" or "✔" or "√" => TestOutcome.Passed,
        "failed" or "fail" or "error" or "✕" or "×" or "✖" or "✗" or "not ok" => TestOutcome.Failed,
        _ => TestOutcome.Skipped,
    };

    /// <summary>The first line that says something in what follows a match, or null.</summary>
    public static string? NextWords(string text, int from, Func<string, bool>? isNoMessage = null)
    {
        foreach (var line in text[from..Math.Min(text.Length, from + 2_000)].Split('\n').Skip(1).Take(8).Select(line => line.Trim()))
            if (line.Length > 0 && isNoMessage?.Invoke(line) != true)
                return line;
        return null;
    }
}
