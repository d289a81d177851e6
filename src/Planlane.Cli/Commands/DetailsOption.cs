using System.CommandLine;

namespace Planlane.Cli.Commands;

/// <summary>The option <c>--details</c> of the commands that ask for a yes to a plan.</summary>
internal static class DetailsOption
{
    public static Option<bool> Create() => new("--details") { Description = "Show a plan whole, also when it is longer than the screen" };
}
