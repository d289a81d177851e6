using Planlane.Runs;

namespace Planlane.Simulator.Scripting;

/// <summary>The scenarios that lie beside the program.</summary>
/// <param name="folder">The folder with one sub-folder for each scenario.</param>
public sealed class ScenarioCatalogue(string folder)
{
    /// <summary>The scenarios that are shipped with the simulator.</summary>
    public ScenarioCatalogue()
        : this(Path.Combine(AppContext.BaseDirectory, "Scenarios"))
    {
    }

    /// <summary>All scenarios by ordinal order of their names; empty when the folder is missing.</summary>
    /// <exception cref="PlanlaneException">One of them is not valid.</exception>
    public IReadOnlyList<Scenario> List() => [.. Names().Select(name => Scenario.Load(Path.Combine(folder, name)))];

    /// <summary>Opens one scenario.</summary>
    /// <exception cref="PlanlaneException">There is none of that name (the message lists those that there are), or it is not valid.</exception>
    public Scenario Open(string name)
    {
        var names = Names();
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            var known = names.Count == 0 ? "none are installed" : $"known are {string.Join(", ", names)}";
            throw new PlanlaneException(FaultKind.Usage, $"There is no scenario '{name}'; {known}.", "Name one of the known scenarios.");
        }

        return Scenario.Load(Path.Combine(folder, name));
    }

    private List<string> Names() => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Where(sub => File.Exists(Path.Combine(sub, "scenario.json"))).Select(sub => Path.GetFileName(sub)).Order(StringComparer.Ordinal)]
        : [];
}
