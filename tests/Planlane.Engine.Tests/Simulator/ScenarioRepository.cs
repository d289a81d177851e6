using Planlane.Simulator.Scripting;
using Planlane.Testing;

namespace Planlane.Simulator;

/// <summary>The sample product of a scenario, as a repository with one commit.</summary>
internal static class ScenarioRepository
{
    public static TempRepository Of(Scenario scenario)
    {
        var repository = TempRepository.With();
        scenario.CopyBaseTo(repository.Folder);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "The sample product");
        return repository;
    }
}
