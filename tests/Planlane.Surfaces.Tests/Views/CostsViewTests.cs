using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Requests;
using Planlane.Support;

namespace Planlane.Views;

public sealed class CostsViewTests
{
    [Fact]
    public void CostsView_Worked_ShowsWhoUsedWhat() => Snapshot.Match(Screens.Fancy(screen => CostsView.Write(screen, Run().State)));

    [Fact]
    public void CostsView_Plain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(screen => CostsView.Write(screen, Run().State)));

    [Fact]
    public void CostsView_EightyColumns_FitsEveryLine()
    {
        var text = Screens.Fancy(screen => CostsView.Write(screen, Run().State), width: 80);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Match(text);
    }

    private static SampleRun Run() => AuthRun.Worked(new RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Budget: new Cost(3)) { SharedBudgets = new SharedBudgets(new Cost(10), null) });
}
