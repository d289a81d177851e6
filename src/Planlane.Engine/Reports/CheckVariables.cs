using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Variables that make test runners write result files when a check runs, so that tests are known by name. The only place where a check's environment differs from that of other commands.</summary>
/// <remarks>
/// <para><c>VSTestLogger=trx</c>: MSBuild takes a property's first value from the environment, and <c>dotnet test</c> under VSTest hands that one to the runner beside its console logger
/// (measured with the .NET 10 SDK: the console prints the same, and one line more that names the file). A project or a command that sets the property itself wins.</para>
/// <para><c>PYTEST_ADDOPTS</c>: pytest adds it to its arguments (measured with pytest 7.2); the file lies in its own cache folder, which it keeps out of git by itself.</para>
/// <para>Other runners write files anyway (Surefire, Gradle), or name every test in what they print (cargo, node, unittest with <c>-v</c>, go with <c>-v</c>), or take no such option from the environment.</para>
/// </remarks>
public static class CheckVariables
{
    private const string PytestOptions = "PYTEST_ADDOPTS";

    /// <summary>The variables of a check.</summary>
    /// <param name="policy">What the user set is kept: options of pytest are added to it.</param>
    public static ValueList<Variable> Of(WorkspacePolicy policy)
    {
        var options = policy.Environment.LastOrDefault(item => item.Name == PytestOptions)?.Value;
        var variables = new List<Variable> { new(PytestOptions, $"{options} --junitxml=.pytest_cache/junit.xml".Trim()) };
        if (policy.Environment.All(item => !item.Name.Equals("VSTestLogger", StringComparison.OrdinalIgnoreCase)))
            variables.Add(new Variable("VSTestLogger", "trx"));
        return variables.ToValueList();
    }
}
