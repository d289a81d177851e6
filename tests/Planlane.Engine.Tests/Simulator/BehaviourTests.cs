using System.Reflection;
using Planlane.Simulator.Behaviours;

namespace Planlane.Simulator;

/// <summary>The list of what the simulator does because the API does it.</summary>
public sealed class BehaviourTests
{
    // A test that is renamed or removed would leave a behaviour that nothing holds.
    [Fact]
    public void Behaviours_EachOfThem_IsHeldByATestThatIsThere()
    {
        var tests = typeof(BehaviourTests).Assembly.GetTypes().Where(type => type.Namespace == typeof(BehaviourTests).Namespace)
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}")).ToHashSet();

        Assert.NotEmpty(tests);
        Assert.DoesNotContain(Behaviour.All, behaviour => !tests.Contains(behaviour.Test));
    }

    [Fact]
    public void Behaviours_EachOfThem_SaysWhereItIsSaid()
    {
        Assert.Equal(Enumerable.Range(1, 11), Behaviour.All.Select(behaviour => behaviour.Point).Distinct());
        Assert.Equal(Behaviour.All.Count, Behaviour.All.Select(behaviour => behaviour.Says).Distinct().Count());
        Assert.All(Behaviour.All, behaviour => Assert.True(behaviour.Certainty is not Certainty.Documented || Uri.TryCreate(behaviour.Source, UriKind.Absolute, out _), behaviour.Says));
        Assert.All(Behaviour.All, behaviour => Assert.True(behaviour.Certainty is Certainty.Ours || (behaviour.Source.Length == 0) == (behaviour.Certainty is Certainty.Unsourced), behaviour.Says));
        Assert.All(Behaviour.All, behaviour => Assert.Matches("^20[0-9]{2}-[0-9]{2}$", behaviour.Read));
    }
}
