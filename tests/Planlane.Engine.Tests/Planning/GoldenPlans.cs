using System.Runtime.CompilerServices;
using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Planning;

/// <summary>Saved plans of every version that was ever written, and what each is. The files never change.</summary>
internal static class GoldenPlans
{
    /// <summary>What <c>saved-1.json</c> holds.</summary>
    public static PlanFile First { get; } = new(
        new RunRequest("Add a greeter with a formatter and its docs", ["use TypeScript"], ["one agent for the docs"]),
        new ObjectId("0123456789abcdef0123456789abcdef01234567"),
        new Plan(
            Plan.SchemaVersion,
            new Suitability(true, "Three files with clear seams; \"docs\" needs both others – and <nothing> else."),
            ["Parts", "Docs"],
            [new Contract(new("src/contract.ts"), "export interface Greeter {\n\tgreet(name: string): string;\n}\n")],
            [
                new PlannedTask(new("formatter"), "Write the formatter", "export function format(text: string): string\n- Trims.\n- Zürich, 日本, 🙂 stay as they are.", Lane("src/formatter.ts", "src/format/"), [new("src/contract.ts")], [], ["src/formatter.ts exists"], "node --check src/formatter.ts", new TaskEstimate(400), "Add formatter"),
                new PlannedTask(new("greeter"), "Write the greeter", "Implements Greeter.", Lane("src/greeter.ts"), [new("src/contract.ts"), new("README.md")], [], [], null, new TaskEstimate(600), "Add greeter"),
                new PlannedTask(new("docs"), "Write the docs", "Says how to greet.", Lane("docs/**/*.md"), [], [new("formatter"), new("greeter")], ["docs/greeter.md names both"], null, new TaskEstimate(250), "Describe greeter"),
            ],
            [new PlannedCheck("build", "npm run build"), new PlannedCheck("test", "npm test -- --silent")],
            [new Coverage("use TypeScript", [new("formatter"), new("greeter")]), new Coverage("one agent for the docs", [new("docs")])]));

    /// <summary>What <c>saved-2.json</c> holds.</summary>
    public static PlanFile Second { get; } = First with
    {
        Plan = First.Plan with
        {
            Suitability = First.Plan.Suitability with { Kind = RequestKind.BugFix },
            Tasks = First.Plan.Tasks.Replace(task => task.Id.Value == "greeter", task => task with
            {
                Model = new ModelId("claude-sonnet-4-5"),
                ChangesSignatures = [new("src/greeter.ts")],
                Moves = [new FileMove(new("src/old.ts"), new("src/greeter.ts"))],
            }),
        },
    };

    /// <summary>What <c>saved-3.json</c> holds.</summary>
    public static PlanFile Third { get; } = Second with
    {
        Plan = Second.Plan with
        {
            Conventions = "Tests by vitest.\nNo default exports.",
            Tasks = Second.Plan.Tasks.Replace(task => task.Id.Value == "docs", task => task with { Title = "Describe greeter", Brief = "Says how to greet, see @greeter." }),
        },
    };

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), name)).ReplaceLineEndings("\n");

    private static Ownership Lane(params string[] paths) => new(paths.Select(path => new Glob(path)).ToValueList());

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
