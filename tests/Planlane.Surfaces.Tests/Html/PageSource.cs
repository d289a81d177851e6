using System.Text.RegularExpressions;
using Planlane.Cli.Html;
using Planlane.Summary;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Html;

/// <summary>Pages of sample runs, and a strict reading of them.</summary>
internal static partial class PageSource
{
    public static string Page(SampleRun run, SecretMask? secrets = null, params AgentDiff[] diffs)
    {
        using var page = new StringWriter();
        RunPage.Write(page, new RunPageSource(run.Events, [.. diffs]), secrets ?? SecretMask.Shapes);
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The page without its style sheet.</summary>
    public static string WithoutSheet(string page) => Sheet().Replace(page, "<style></style>");

    /// <summary>What stands in the style sheet.</summary>
    public static string SheetOf(string page) => Sheet().Match(page).Groups["css"].Value;

    /// <summary>Every tag; fails when anything but tags of a plain form has angle brackets, or tags do not close one another.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<(string Name, string Value)> Attributes)> Tags(string page)
    {
        var body = WithoutSheet(page)["<!DOCTYPE html>\n".Length..];
        Assert.DoesNotContain('<', Tag().Replace(body, ""));
        Assert.DoesNotContain('>', Tag().Replace(body, ""));
        var open = new Stack<string>();
        var tags = new List<(string, IReadOnlyList<(string, string)>)>();
        foreach (Match tag in Tag().Matches(body))
        {
            var name = tag.Groups["name"].Value;
            if (tag.Groups["end"].Length > 0)
                Assert.Equal(open.Pop(), name);
            else if (name is not "meta")
                open.Push(name);
            if (tag.Groups["end"].Length == 0)
                tags.Add((name, [.. Attribute().Matches(tag.Groups["attributes"].Value).Select(attribute => (attribute.Groups["name"].Value, attribute.Groups["value"].Value))]));
        }

        Assert.Empty(open);
        return tags;
    }

    [GeneratedRegex(@"<style>(?<css>[^<]*)</style>")]
    private static partial Regex Sheet();

    [GeneratedRegex("""<(?<end>/?)(?<name>[a-z0-9]+)(?<attributes>(?: [A-Za-z0-9-]+="[^"<>]*")*)>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[A-Za-z0-9-]+)=[\x22](?<value>[^"]*)[\x22]""")]
    private static partial Regex Attribute();
}
