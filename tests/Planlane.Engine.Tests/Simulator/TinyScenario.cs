using Planlane.Simulator.Scripting;

namespace Planlane.Simulator;

/// <summary>A scenario small enough to be read in a test: two tasks, one of each kind of fault, one change for a reviewer.</summary>
internal sealed class TinyScenario : IDisposable
{
    public const string Request = "Add a greeter & a farewell";
    public const string Greeter = "public static class Greeter { public static string Hello => \"hello\"; }\n";
    public const string BrokenGreeter = "public static class Greeter { public static string Hello => \"hello\" }\n";
    public const string LongGreeter = "public static class Greeter { public static string Hello => \"good morning\"; }\n";
    public const string Tests = "public static class GreeterTests { }\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-scenario-");

    public TinyScenario()
    {
        Put("scenario.json", """
            {
              "format": 1, "name": "tiny", "title": "A greeter", "request": "Add a greeter & a farewell",
              "tasks": {
                "greeter": {
                  "writes": ["src/Greeter.cs"],
                  "edits": [ { "path": "src/Program.cs", "old": "// start\n", "new": "// start\nPrint(Greeter.Hello);\n" } ],
                  "work": "Added the greeter", "notes": null,
                  "fault": { "kind": "compile-error", "path": "src/Greeter.cs" }
                },
                "greeter-tests": { "writes": ["tests/GreeterTests.cs"], "work": "Added tests", "fault": { "kind": "outside-lane", "path": "src/Program.cs" } },
                "farewell": {
                  "edits": [ { "path": "README.md", "old": "hello", "new": "hello and good-bye" } ],
                  "work": "Added the farewell", "notes": "The README says both.",
                  "fault": { "kind": "bad-edit", "path": "README.md", "old": "helo", "new": "good-bye" }
                }
              }
            }
            """);
        Put("plan.json", Plan);
        Put("base/src/Program.cs", "// start\n");
        Put("base/README.md", "hello\n");
        Put("gold/src/Program.cs", "// start\nPrint(Greeter.Hello);\n");
        Put("gold/README.md", "hello and good-bye\n");
        Put("gold/src/Greeter.cs", Greeter);
        Put("gold/tests/GreeterTests.cs", Tests);
        Put("faulty/greeter/src/Greeter.cs", BrokenGreeter);
        Put("changes/greeter/src/Greeter.cs", LongGreeter);
        Scenario = Scenario.Load(_folder.FullName);
    }

    public static string Plan => """
        {"version":2,"suitability":{"orchestrate":true,"kind":"feature","reason":"Three files"},"stages":["All"],"contracts":[],"tasks":[{"id":"greeter"}],"checks":[],"covers":[]}
        """.Trim();

    public Scenario Scenario { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    public void Put(string path, string content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
