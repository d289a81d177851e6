using Planlane.Values;

namespace Planlane.Requests;

public sealed class HubFilesTests
{
    [Theory]
    [InlineData("src/Shop/Shop.csproj", HubKind.Project)]
    [InlineData("Directory.Packages.props", HubKind.Project)]
    [InlineData("web/package.json", HubKind.Project)]
    [InlineData("web/tsconfig.build.json", HubKind.Project)]
    [InlineData("Cargo.toml", HubKind.Project)]
    [InlineData("go.mod", HubKind.Project)]
    [InlineData("pyproject.toml", HubKind.Project)]
    [InlineData("service/pom.xml", HubKind.Project)]
    [InlineData("build.gradle.kts", HubKind.Project)]
    [InlineData("package-lock.json", HubKind.LockFile)]
    [InlineData("src/Shop/packages.lock.json", HubKind.LockFile)]
    [InlineData("Cargo.lock", HubKind.LockFile)]
    [InlineData("src/Data/Migrations/20260101_AddUsers.cs", HubKind.Migration)]
    [InlineData("shop/migrations/0002_users.py", HubKind.Migration)]
    [InlineData("db/migrate/001_users.rb", HubKind.Migration)]
    [InlineData("src/routes.ts", HubKind.Routes)]
    [InlineData("shop/urls.py", HubKind.Routes)]
    [InlineData("src/Program.cs", HubKind.Registration)]
    [InlineData("src/Auth/AuthServiceCollectionExtensions.cs", HubKind.Registration)]
    [InlineData("src/app.module.ts", HubKind.Registration)]
    public void OfPath_NameThatPartsShare_IsItsKind(string path, HubKind kind) => Assert.Equal(kind, HubFiles.OfPath(new RepoPath(path)));

    [Theory]
    [InlineData("src/Auth/JwtTokens.cs")]
    [InlineData("src/routes/users.ts")]
    [InlineData("shop/migrations/__init__.py")]
    [InlineData("docs/migrations/guide.md")]
    [InlineData("src/ProgramOptions.cs")]
    [InlineData("src/subpackage.json.ts")]
    public void OfPath_OrdinaryFile_IsNull(string path) => Assert.Null(HubFiles.OfPath(new RepoPath(path)));

    [Theory]
    [InlineData(11, 100, null)]
    [InlineData(12, 100, HubKind.ManyDependants)]
    [InlineData(99, 10_000, null)]
    [InlineData(100, 10_000, HubKind.ManyDependants)]
    public void Of_Dependants_MakeAHubFromTheFloorAndTheShareOn(int dependants, int sources, HubKind? kind) =>
        Assert.Equal(kind, HubFiles.Of(new RepoPath("src/Result.cs"), [], dependants, sources));

    [Fact]
    public void Of_IndexThatGathersItsFolder_IsRegistration()
    {
        ValueList<RepoPath> gathered = [new("src/auth/a.ts"), new("src/auth/b.ts"), new("src/auth/deep/c.ts")];

        Assert.Equal(HubKind.Registration, HubFiles.Of(new RepoPath("src/auth/index.ts"), gathered, 0, 100));
        Assert.Equal(HubKind.Registration, HubFiles.Of(new RepoPath("index.ts"), gathered, 0, 100));
    }

    [Fact]
    public void Of_IndexThatGathersLittleOrElsewhere_IsNone()
    {
        Assert.Null(HubFiles.Of(new RepoPath("src/auth/index.ts"), [new("src/auth/a.ts"), new("src/auth/b.ts")], 0, 100));
        Assert.Null(HubFiles.Of(new RepoPath("src/auth/index.ts"), [new("src/x/a.ts"), new("src/x/b.ts"), new("src/authority/c.ts")], 0, 100));
        Assert.Null(HubFiles.Of(new RepoPath("src/auth/all.ts"), [new("src/auth/a.ts"), new("src/auth/b.ts"), new("src/auth/c.ts")], 0, 100));
    }

    [Fact]
    public void Of_NameAndDependants_NameWins() => Assert.Equal(HubKind.Registration, HubFiles.Of(new RepoPath("src/app.ts"), [], 500, 600));
}
