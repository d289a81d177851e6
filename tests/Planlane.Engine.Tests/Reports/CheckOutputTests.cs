using Planlane.Values;

namespace Planlane.Reports;

public sealed class CheckOutputTests
{
    [Theory]
    [InlineData("Test run summary: Passed!\n  total: 15\n  failed: 0\n  succeeded: 14\n  skipped: 1\n  duration: 1s", 14, 0, 1)]
    [InlineData("Failed!  - Failed:     2, Passed:    13, Skipped:     0, Total:    15, Duration: 1 s", 13, 2, 0)]
    [InlineData("test result: ok. 7 passed; 0 failed; 1 ignored; 0 measured\ntest result: ok. 3 passed; 1 failed; 0 ignored; 0 measured", 10, 1, 1)]
    [InlineData("Tests:       1 failed, 2 skipped, 14 passed, 17 total", 14, 1, 2)]
    [InlineData("Tests:       1 failed, 1 skipped, 1 todo, 3 passed, 6 total", 3, 1, 2)]
    [InlineData("      Tests  1 failed | 2 passed | 1 skipped (4)", 2, 1, 1)]
    [InlineData("Tests:       2 failed, 2 total", 0, 2, 0)]
    [InlineData(" Tests  1 failed | 14 passed (15)", 14, 1, 0)]
    [InlineData("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in a.T\nTests run: 15, Failures: 1, Errors: 2, Skipped: 3", 9, 3, 3)]
    [InlineData("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0\nTests run: 15, Failures: 1, Errors: 2, Skipped: 3", 13, 3, 3)]
    [InlineData("Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)", 8, 3, 1)]
    [InlineData("Ran 12 tests in 0.1s\n\nOK", 12, 0, 0)]
    [InlineData("# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0", 3, 1, 0)]
    [InlineData("--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.00s)\n--- SKIP: TestC (0.00s)\nFAIL", 1, 1, 1)]
    [InlineData("  331 passing (2s)\n  2 failing", 331, 2, 0)]
    [InlineData("2 failed, 3 passed, 1 xfailed, 1 xpassed, 1 error in 0.10s", 4, 3, 1)]
    [InlineData("==== 3 failed, 120 passed, 2 skipped in 4.20s ====", 120, 3, 2)]
    [InlineData("Domain: 20 passed, 1 failed", 20, 1, 0)]
    public void Read_WordsOfARunner_AreCounted(string output, int passed, int failed, int skipped) =>
        Assert.Equal(new TestCounts(passed, failed, skipped), CheckOutput.Read(output, "/work-tree", 1).Tests);

    [Fact]
    public void Read_OutputWithoutTests_CountsNone() => Assert.Null(CheckOutput.Read("Build succeeded.\n0 Warning(s)\n", "/work-tree", 0).Tests);

    [Theory]
    [InlineData("/work-tree/src/A.cs(12,3): error CS0103: The name 'x' does not exist [/work-tree/src/A.csproj]", "src/A.cs", "src/A.cs(12,3): error CS0103: The name 'x' does not exist")]
    [InlineData("src/a.ts(1,2): error TS2304: Cannot find name 'y'.", "src/a.ts", "src/a.ts(1,2): error TS2304: Cannot find name 'y'.")]
    [InlineData("./pkg/a.go:7:2: undefined: z", "pkg/a.go", "./pkg/a.go:7:2: undefined: z")]
    [InlineData("  --> src/lib.rs:3:5", "src/lib.rs", "--> src/lib.rs:3:5")]
    [InlineData("  File \"/work-tree/pkg/m.py\", line 9, in f", "pkg/m.py", "File \"pkg/m.py\", line 9, in f")]
    [InlineData("    at Shop.T.M() in /work-tree/tests/T.cs:line 12", "tests/T.cs", "at Shop.T.M() in tests/T.cs:line 12")]
    [InlineData("\n/work-tree/src/lib/isDOI.js\n  11:16  error  Unexpected control character(s)  no-control-regex\n", "src/lib/isDOI.js", "src/lib/isDOI.js:11:16  error  Unexpected control character(s)  no-control-regex")]
    public void Read_FailureThatNamesAFile_IsADiagnosticOfIt(string output, string path, string text) =>
        Assert.Equal([new Diagnostic(new RepoPath(path), text)], CheckOutput.Read(output, "/work-tree", 1).Diagnostics);

    [Theory]
    [InlineData("src/A.cs(1,1): warning CS0168: unused", 1)]
    [InlineData("src/A.cs(1,1): error CS0103: x", 0)]
    public void Read_WarningOrPass_IsNoDiagnostic(string output, int exitCode) => Assert.Empty(CheckOutput.Read(output, "/work-tree", exitCode).Diagnostics);

    [Fact]
    public void Read_FailedTestsWithExitCodeZero_StillNamesTheErrors() => Assert.Single(
        CheckOutput.Read("3 passed, 1 failed\nsrc/a.py:4: AssertionError", "/work-tree", 0).Diagnostics);
}
