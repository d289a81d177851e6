using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Runs;

/// <summary>What of the user's folder agents do not see is in the journal, so that every surface can tell it.</summary>
public sealed class BaseNoteRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SecretLeftOutAndTrackedFileChangedBySetup_AreNotedOnceEach()
    {
        using var repository = TempRepository.With(("README.md", "# Sample\n"), ("src/app.txt", "app\n"), (".gitignore", ".env\n"));
        repository.Write(".env", "KEY=1\n");
        var notes = new List<ValueList<BaseNote>>();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = state => { notes.Add(state.Base.Notes); return new Approval.PlanDecision.Approved(); } };

        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Workspace = new WorkspacePolicy { Setup = ["echo changed > src/app.txt"] } }, cancellationToken: Token);

        var secret = new BaseNote(RemarkKind.Secret, 1, [new(".env")]);
        Assert.Equal([secret], Assert.Single(notes));
        Assert.Equal([secret, new BaseNote(RemarkKind.PutBack, 1, [new("src/app.txt")])], state.Base.Notes);
        Assert.Equal("app\n", repository.Read("src/app.txt"));
        Assert.Equal(state, await (await harness.OpenAsync(Token)).LoadAsync(state.Id, Token));
    }
}
