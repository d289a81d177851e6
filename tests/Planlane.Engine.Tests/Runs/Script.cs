using System.Text.Json;
using Planlane.Testing;

namespace Planlane.Runs;

/// <summary>A small request with a contract, three tasks at two depths and a check that really runs.</summary>
internal static class Script
{
    public const string Request = "Add a greeter with a formatter and its docs";

    public static TempRepository Repository() => TempRepository.With(("README.md", "# Sample\n"), ("src/app.txt", "app\n"));

    public static string Plan(string check = "test -f docs/greeter.md") => Document(
        Task("formatter", "src/formatter.txt", []),
        Task("greeter", "src/greeter.txt", []),
        Task("docs", "docs/greeter.md", ["formatter", "greeter"])).Replace("@check", check);

    public static string Document(params object[] tasks) => JsonSerializer.Serialize(new
    {
        version = 1,
        suitability = new { orchestrate = true, reason = "Three files with clear seams." },
        stages = new[] { "Parts", "Docs" },
        contracts = new[] { new { path = "src/contract.txt", content = "greet(name) -> text\n" } },
        tasks,
        checks = new[] { new { name = "test", command = "@check" } },
        covers = Array.Empty<object>(),
    });

    public static object Task(string id, string owns, string[] dependsOn, string? check = null) => new
    {
        id,
        title = $"Write the {id}",
        brief = $"Write {owns}.",
        owns = new[] { owns },
        reads = new[] { "src/contract.txt" },
        dependsOn,
        acceptance = new[] { $"{owns} exists" },
        check,
        estimate = new { minutes = 1, outputTokens = 100 },
        commitMessage = $"Add {id}",
    };

    /// <summary>A model that does the request at once and well.</summary>
    public static ScriptedAnswer Answer(ScriptedRequest request) => request.Task switch
    {
        null => ScriptedAnswer.Says(Plan()),
        "docs" => Written("docs/greeter.md", "docs"),
        var task => Written($"src/{task}.txt", task),
    };

    public static ScriptedAnswer Written(string path, string task, string text = "done\n") =>
        ScriptedAnswer.Writes(path, $"{task}: {text}").AndFinishes($"Wrote the {task}");
}
