using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Planlane.Cli.Output;
using Planlane.Summary;

namespace Planlane.Cli.Commands;

/// <summary>Which runs a list shows.</summary>
internal sealed partial class RunFilter
{
    // More than a screen; whoever wants all says so.
    private const int UsualLimit = 50;

    private static readonly Dictionary<string, string[]> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["open"] = ["waitsForPlan", "waitsForReview", "halted", "unfinished"],
        ["waiting"] = ["waitsForPlan", "waitsForReview"],
        ["running"] = ["unfinished"],
        ["halted"] = ["halted"],
        ["landed"] = ["completed", "completedInPart"],
        ["failed"] = ["failed"],
        ["rejected"] = ["rejected"],
        ["planned"] = ["planned"],
        ["unsuitable"] = ["unsuitable"],
        ["undone"] = ["undone"],
    };

    private readonly Option<string?> _state = new("--state") { Description = $"Only runs of this state: {string.Join(", ", Groups.Keys)}; several with commas", HelpName = "STATE" };
    private readonly Option<string?> _since = new("--since") { Description = "Only runs that began since: 90m, 12h, 7d, 2w, or a date such as 2026-11-27", HelpName = "WHEN" };
    private readonly Option<string?> _branch = new("--branch") { Description = "Only runs that began on this branch", HelpName = "NAME" };
    private readonly Option<string?> _request = new("--request") { Description = "Only runs whose request has all of these words", HelpName = "TEXT" };
    private readonly Option<string?> _limit = new("--limit") { Description = $"The most runs that are listed, 0 for all [default: {UsualLimit}, with --json all]", HelpName = "N" };

    public RunFilter()
    {
        _state.Validators.Add(result =>
        {
            foreach (var name in result.Tokens.SelectMany(token => Names(token.Value)).Where(name => !Groups.ContainsKey(name)))
                result.AddError($"--state has '{name}'. The states are {string.Join(", ", Groups.Keys)}.");
        });
        _since.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && SinceOf(result.Tokens[0].Value, DateTimeOffset.UnixEpoch.AddYears(100)) is null)
                result.AddError($"--since is '{result.Tokens[0].Value}'. Say how long ago, such as 90m, 12h, 7d or 2w, or a date such as 2026-11-27.");
        });
        _limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && LimitOf(result.Tokens[0].Value) is null)
                result.AddError("--limit is a number of runs, or 0 for all.");
        });
    }

    public void AddTo(Command command)
    {
        Option[] all = [_state, _since, _branch, _request, _limit];
        foreach (var option in all)
            command.Add(option);
    }

    /// <summary>The runs that are asked for, and how many more there are.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="runs">All runs, the newest first.</param>
    /// <param name="now">What <c>--since</c> is reckoned from.</param>
    /// <param name="isForScreen">Whether a limit holds that nobody asked for.</param>
    public (IReadOnlyList<RunOverview> Runs, int More) Of(ParseResult parsed, IReadOnlyList<RunOverview> runs, DateTimeOffset now, bool isForScreen)
    {
        var states = Names(parsed.GetValue(_state)).SelectMany(name => Groups[name]).ToHashSet();
        var since = parsed.GetValue(_since) is { } text ? SinceOf(text, now) : null;
        var words = (parsed.GetValue(_request) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var branch = parsed.GetValue(_branch);
        var found = runs.Where(run => (states.Count == 0 || states.Contains(RunStatus.Of(run).Name))
            && (since is null || run.StartedAt >= since)
            && (branch is null || run.Branch == branch || run.Branch == $"refs/heads/{branch}")
            && words.All(word => run.Goal.Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        var limit = (parsed.GetValue(_limit) is { } most ? LimitOf(most) : null) ?? (isForScreen ? UsualLimit : 0);
        return limit == 0 || found.Count <= limit ? (found, 0) : (found[..limit], found.Count - limit);
    }

    /// <summary>Whether fewer than all runs were asked for.</summary>
    public bool IsGiven(ParseResult parsed) => new Option[] { _state, _since, _branch, _request }.Any(option => parsed.GetResult(option) is not null);

    /// <summary>The moment that a text names, or null; a date without a time is its beginning in UTC.</summary>
    public static DateTimeOffset? SinceOf(string text, DateTimeOffset now)
    {
        if (Ago().Match(text) is { Success: true } ago)
        {
            var count = double.Parse(ago.Groups["count"].Value, CultureInfo.InvariantCulture);
            return now - (ago.Groups["unit"].Value switch
            {
                "m" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                "d" => TimeSpan.FromDays(count),
                _ => TimeSpan.FromDays(7 * count),
            });
        }

        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ssK", "O"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    private static int? LimitOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    private static IEnumerable<string> Names(string? states) => (states ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("^(?<count>[0-9]{1,4})(?<unit>[mhdw])\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ago();
}
