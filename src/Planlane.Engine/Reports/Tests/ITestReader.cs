namespace Planlane.Reports.Tests;

/// <summary>Reads what one kind of test runner prints, or one format of result files. Stateless.</summary>
internal interface ITestReader
{
    /// <summary>What a text says; null when it is not of this kind.</summary>
    TestReading? Read(string text);
}
