using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Plans made by hand, each with a small repository, for requests of which everybody knows whether they divide.</summary>
internal static class SeedPlans
{
    public static readonly Dictionary<string, RuleCase> Divided = new()
    {
        ["REST API with validation"] = In(
            Trees.Of([new(new("README.md"), 900)], Trees.Source("src/Tasks/Tasks.csproj", HubKind.Project), Trees.Source("src/Tasks/App.cs", HubKind.Routes), Trees.Source("tests/Tasks.Tests/Tasks.Tests.csproj", HubKind.Project)),
            [Contract("src/Tasks/Todos/Todo.cs"), Contract("src/Tasks/Todos/ITodoStore.cs")],
            Task("store", ["src/Tasks/Todos/InMemoryTodoStore.cs"], 900), Task("validation", ["src/Tasks/Todos/TodoRequest.cs", "src/Tasks/Todos/TodoValidator.cs"], 1_000),
            Task("endpoints", ["src/Tasks/Todos/TodoEndpoints.cs"], 1_100), Task("store-tests", ["tests/Tasks.Tests/StoreTests.cs"], 1_200),
            Task("validation-tests", ["tests/Tasks.Tests/ValidationTests.cs"], 1_300), Task("wiring", ["src/Tasks/App.cs", "README.md"], 500, "store", "validation", "endpoints")),
        ["caching with fallback"] = In(
            Trees.Of([], Trees.Source("src/Catalog/Services.cs", HubKind.Registration), Trees.Source("src/Catalog/Feed.cs")),
            [Contract("src/Catalog/Caching/ICacheStore.cs")],
            Task("memory", ["src/Catalog/Caching/MemoryStore.cs"], 900), Task("fallback", ["src/Catalog/Caching/Circuit.cs", "src/Catalog/Caching/FallbackStore.cs"], 1_200),
            Task("reader", ["src/Catalog/Caching/Reader.cs"], 1_000), Task("memory-tests", ["tests/Caching/MemoryTests.cs"], 1_100),
            Task("fallback-tests", ["tests/Caching/FallbackTests.cs"], 1_400), Task("wiring", ["src/Catalog/Services.cs"], 400, "memory", "fallback", "reader")),
        ["rate limiting across routes"] = In(
            Trees.Of([], Trees.Source("src/app.ts", HubKind.Routes, "TypeScript", "src/routes/users.ts", "src/routes/orders.ts", "src/routes/search.ts"), Trees.Source("src/routes/users.ts", language: "TypeScript"), Trees.Source("src/routes/orders.ts", language: "TypeScript"), Trees.Source("src/routes/search.ts", language: "TypeScript")),
            [Contract("src/limits/types.ts")],
            Task("bucket", ["src/limits/bucket.ts"], 900), Task("users", ["src/routes/users.ts"], 800), Task("orders", ["src/routes/orders.ts"], 800), Task("search", ["src/routes/search.ts"], 800),
            Task("tests", ["test/limits.test.ts"], 1_300), Task("wiring", ["src/app.ts"], 400, "bucket", "users", "orders", "search")),
        ["auth with OAuth + JWT + sessions"] = In(
            Trees.Of([], Trees.Source("src/server.ts", HubKind.Registration, "TypeScript")),
            [Contract("src/auth/types.ts")],
            Task("oauth", ["src/auth/oauth.ts", "src/auth/providers/*.ts"], 1_500), Task("jwt", ["src/auth/jwt.ts"], 1_100), Task("sessions", ["src/auth/sessions.ts"], 1_200),
            Task("oauth-tests", ["test/oauth.test.ts"], 1_200), Task("jwt-tests", ["test/jwt.test.ts"], 1_000), Task("middleware", ["src/server.ts", "src/auth/middleware.ts"], 700, "oauth", "jwt", "sessions")),
        ["dashboard with 5 charts"] = In(
            Trees.Of([], Trees.Source("web/src/routes.tsx", HubKind.Routes, "TypeScript"), Trees.Source("web/package.json", HubKind.Project)),
            [Contract("web/src/dashboard/chart.ts")],
            Task("revenue", ["web/src/dashboard/Revenue.tsx"], 900), Task("users", ["web/src/dashboard/Users.tsx"], 900), Task("orders", ["web/src/dashboard/Orders.tsx"], 900),
            Task("latency", ["web/src/dashboard/Latency.tsx"], 900), Task("errors", ["web/src/dashboard/Errors.tsx"], 900),
            Task("page", ["web/src/dashboard/Dashboard.tsx", "web/src/routes.tsx"], 700, "revenue", "users", "orders", "latency", "errors")),
    };

    public static readonly Dictionary<string, (RuleCase Case, string[] Reasons)> Undivided = new()
    {
        ["fix a bug in one file"] = (
            Kind(RequestKind.BugFix, In(Trees.Of([], Trees.Source("src/auth.ts", language: "TypeScript")), [], Task("fix", ["src/auth.ts"], 400))),
            ["A bug is found and fixed by one agent that sees all of it.", "The tasks write 1 file; below 3 files one agent alone has less to plan, to review and to put together.", "The plan has one task; there is nothing to run beside it."]),
        ["explain JWT"] = (SaysNo(RequestKind.Explanation, "It is a question."), ["It is a question."]),
        ["review my code"] = (
            Kind(RequestKind.Review, In(Some.EmptyRepository, [], Task("notes", ["a.md"], 500), Task("more", ["b.md"], 500), Task("rest", ["c.md"], 500))),
            ["A review writes no files that could be divided."]),
        ["add a comment"] = (
            In(Trees.Of([], Trees.Source("src/a.cs"), Trees.Source("src/b.cs")), [], Task("comment", ["src/a.cs"], 100), Task("other", ["src/b.cs"], 100)),
            ["The tasks write 2 files; below 3 files one agent alone has less to plan, to review and to put together."]),
        ["a chain"] = (
            In(Some.EmptyRepository, [], Task("types", ["a.cs"], 970), Task("service", ["b.cs"], 970, "types"), Task("tests", ["c.cs"], 970, "service"), Task("docs", ["d.md"], 970)),
            ["The longest chain of tasks holds 75 % of the work, so the time can fall by 25 % at most."]),
        ["a knot"] = (
            In(
                Trees.Of([], Trees.Source("a.cs", null, "C#", "b.cs", "c.cs"), Trees.Source("b.cs", null, "C#", "a.cs", "c.cs"), Trees.Source("c.cs", null, "C#", "a.cs")),
                [], Task("a", ["a.cs"], 500), Task("b", ["b.cs"], 500), Task("c", ["c.cs"], 500)),
            ["Of 3 pairs of tasks that change existing files, 2 use each other's files both ways; such work belongs to one agent."]),
    };

    private static RuleCase In(RepositoryFacts facts, Contract[] contracts, params PlannedTask[] tasks) => new(Some.Plan(tasks) with { Contracts = contracts.ToValueList() }) { Facts = facts };

    private static RuleCase Kind(RequestKind kind, RuleCase @case) => @case with { Plan = @case.Plan with { Suitability = @case.Plan.Suitability with { Kind = kind } } };

    private static RuleCase SaysNo(RequestKind kind, string reason) => new(Some.Plan() with { Suitability = new(false, reason) { Kind = kind } });

    private static PlannedTask Task(string id, string[] owns, int tokens, params string[] after) => Some.Task(id, owns, after, tokens: tokens);

    private static Contract Contract(string path) => new(new(path), "// a stub");
}
