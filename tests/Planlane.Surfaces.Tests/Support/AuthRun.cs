using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Support;

/// <summary>The run that the views are shown with: authentication by five agents in two stages.</summary>
internal static class AuthRun
{
    public static Plan Plan { get; } = new(
        1,
        new Suitability(true, "Five files with clear seams; the longest chain is two tasks."),
        ["Foundation", "Integration"],
        [new Contract(new("auth/contracts.ts"), "export interface Clock { now(): number }\n")],
        [
            Task("types", "Create authentication types", "auth/types.ts", [], 900, "Add auth types and interfaces"),
            Task("jwt", "Implement JWT utilities", "auth/jwt.ts", [], 1_900, "Implement JWT utilities"),
            Task("password", "Implement password hashing", "auth/password.ts", [], 1_100, "Implement password hashing"),
            Task("service", "Create auth service", "auth/service.ts", ["types", "jwt", "password"], 2_100, "Add auth service"),
            Task("tests", "Write authentication tests", "tests/auth.test.ts", ["types", "jwt", "password"], 3_200, "Add authentication tests"),
        ],
        [new PlannedCheck("build", "npm run build"), new PlannedCheck("test", "npm test")],
        []);

    public static CheckResult Build { get; } = new("build", "npm run build", 0, null, 6.2, "ok", []) { IsSandboxed = true, HeldBy = "bubblewrap" };

    public static CheckResult Tests { get; } = new("test", "npm test", 0, new TestCounts(15, 0, 0), 4.14, "15 passed", []) { IsSandboxed = true, HeldBy = "bubblewrap" };

    public static CheckResult BrokenBuild { get; } = new("build", "npm run build", 2, null, 5.9, "2 errors", [
        new Diagnostic(new("auth/jwt.ts"), "auth/jwt.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'."),
        new Diagnostic(new("auth/jwt.ts"), "auth/jwt.ts(31,3): error TS2304: Cannot find name 'Bufer'."),
    ])
    { IsSandboxed = true, HeldBy = "bubblewrap" };

    public static SampleRun Planned(RunSettings? settings = null) => SampleRun.Started(settings).Planned(Plan);

    /// <summary>All agents have completed; the stages interleave as there are no barriers.</summary>
    public static SampleRun Worked(RunSettings? settings = null)
    {
        var run = Planned(settings).After(8).Approved();
        run.Begun("jwt").Begun("types").Begun("password");
        run.Completed("types", "Created auth types and interfaces", Created("auth/types.ts", 42));
        run.Completed("password", "Implemented password hashing with scrypt", Created("auth/password.ts", 61));
        run.Completed("jwt", "Implemented signing and verification of tokens", Created("auth/jwt.ts", 88));
        run.Begun("service").Begun("tests");
        run.Completed("service", "Created the auth service", Created("auth/service.ts", 104));
        return run.Completed("tests", "Wrote 15 tests", Created("tests/auth.test.ts", 171));
    }

    public static SampleRun Reviewable(RunSettings? settings = null) => Worked(settings).Combined(Build, Tests);

    public static FileStat Created(string path, int added) => new(new(path), FileChangeKind.Created, added, 0);

    public static PlannedTask Task(string id, string title, string owns, string[] after, int tokens, string message) => new(
        new(id), title, $"{title}.", new Ownership([new Glob(owns)]), [], after.Select(name => new TaskId(name)).ToValueList(), [$"{owns} exists"], null, new TaskEstimate(tokens), message);
}
