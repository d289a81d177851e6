using Planlane.Cli.Views;
using Planlane.Requests;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Views;

public sealed class MapViewTests
{
    private static readonly RunRequest Login = new("Add a login", [], []);

    [Fact]
    public void MapView_WithARequest_ShowsCodeHubsRankingAndWhatIsSent() => Snapshot.Match(Screens.Fancy(screen => MapView.Write(screen, Map(), Login, areSet: false), 100));

    [Fact]
    public void MapView_Plain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(screen => MapView.Write(screen, Map(), Login, areSet: true)));

    [Fact]
    public void MapView_EmptyRepository_SaysThatThereIsNothing()
    {
        var map = new RepositoryMap("", 12, [], [], [], CodeGraph.Empty, new UnreadSources(0, 0, 0), [], [], []);

        Snapshot.Match(Screens.Fancy(screen => MapView.Write(screen, map, new RunRequest("", [], []), areSet: false)));
    }

    private static RepositoryMap Map()
    {
        RepoPath core = new("src/Core.cs"), login = new("src/Login.cs"), program = new("src/Program.cs"), project = new("src/Shop.csproj"), strange = new("src/\u202eevil\u001b[2J.cs");
        var graph = new CodeGraph(
        [
            new SourceFile(core, "C#", [], [new Signature("Core", "public class Core", 1)], HubKind.ManyDependants),
            new SourceFile(login, "C#", [core], [new Signature("Login", "public class Login", 1), new Signature("Login.Enter", "public void Enter()", 3)], null),
            new SourceFile(program, "C#", [core, login], [], HubKind.Registration),
            new SourceFile(project, null, [], [], HubKind.Project),
            new SourceFile(strange, "C#", [core], [], null),
        ]);
        return new RepositoryMap(
            "text",
            12_345,
            [new LanguageShare("C#", 4, 12_345)],
            ["Shop.csproj: dotnet build; dotnet test"],
            [new InstructionFile(new("src/AGENTS.md"), 120, false), new InstructionFile(new("AGENTS.md"), 3_500, true), new InstructionFile(new("CLAUDE.md"), 0, true)],
            graph,
            new UnreadSources(1, 20, 3),
            [new RankedFile(login, 6.25, -0.3), new RankedFile(core, 1.5, -0.3), new RankedFile(program, 0.5, -0.8), new RankedFile(strange, 0, -1.3)],
            [login],
            [core])
        {
            Sections = [new SectionTokens("languages", 20), new SectionTokens("files", 1_200), new SectionTokens("declarations", 40)],
        };
    }
}
