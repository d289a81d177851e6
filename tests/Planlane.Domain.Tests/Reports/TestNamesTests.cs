namespace Planlane.Reports;

public sealed class TestNamesTests
{
    [Theory]
    [InlineData("GuardAgainstPositive", "Tests.GuardAgainstPositive.Throws(n: 1)", true)]
    [InlineData("GuardAgainstPositive", "GuardAgainstPositive.Throws", true)]
    [InlineData("Tests.GuardAgainstPositive", "Tests.GuardAgainstPositive.Throws", true)]
    [InlineData("test/isLEI.test.js", "test/isLEI.test.js::valid", true)]
    [InlineData("isLEI", "validators > isLEI > takes a valid one", true)]
    [InlineData("Positive", "Tests.GuardAgainstPositive.Throws", false)]
    [InlineData("Throws", "Tests.GuardAgainstPositive.Throws", false)]
    [InlineData("", "Tests.A.B", false)]
    public void IsGroupOf_NameOfAClassGroupOrFile_IsWhatTheTestIsIn(string written, string name, bool expected) => Assert.Equal(expected, TestNames.IsGroupOf(written, name));
}
