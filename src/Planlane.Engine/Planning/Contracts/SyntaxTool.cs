using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;

namespace Planlane.Planning.Contracts;

/// <summary>A program that parses a language and tells where a text is wrong, without running it.</summary>
/// <param name="Program">The program's name, looked for on the PATH.</param>
/// <param name="Arguments">What makes it parse; the name of a file that holds the text is added when <paramref name="File"/> is set.</param>
/// <param name="Fault">Finds the faults in what it writes on standard error: groups line, words, and column or the blanks (pad) before a mark below the place.</param>
/// <param name="File">The name of the file that it reads, or null when it reads standard input.</param>
internal sealed partial record SyntaxTool(string Program, IReadOnlyList<string> Arguments, Regex Fault, string? File = null)
{
    private const int MostCharacters = 20_000;

    // -I keeps Python from the environment and the folder; ast.parse compiles to a tree, never to code that runs.
    private const string PythonParse =
        """
        import ast, sys
        try:
            ast.parse(sys.stdin.buffer.read())
        except SyntaxError as error:
            sys.exit(f"{error.lineno or 1}:{error.offset or 1}: {error.msg}")
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // Keys stay with us, and nothing that the tools load code for is taken over.
    private static readonly Dictionary<string, string?> Variables = new()
    {
        ["ANTHROPIC_API_KEY"] = null,
        ["ANTHROPIC_AUTH_TOKEN"] = null,
        ["NODE_OPTIONS"] = null,
        ["JAVA_TOOL_OPTIONS"] = null,
        ["JDK_JAVAC_OPTIONS"] = null,
        ["NO_COLOR"] = "1",
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>The tool for files with an extension, or null.</summary>
    public static SyntaxTool? For(string extension) => extension switch
    {
        ".mjs" => new SyntaxTool("node", ["--check", "--input-type=module", "-"], NodeFault()),
        ".cjs" => new SyntaxTool("node", ["--check", "--input-type=commonjs", "-"], NodeFault()),
        ".py" or ".pyi" => new SyntaxTool("python3", ["-I", "-c", PythonParse], PythonFault()),
        ".go" => new SyntaxTool("gofmt", ["-e"], GoFault()),
        ".rs" => new SyntaxTool("rustfmt", ["--edition", "2021", "--color", "never"], RustFault()),
        // Stops after the parser: names of other files need not be there.
        ".java" => new SyntaxTool("javac", ["-proc:none", "-implicit:none", "-XDshould-stop.ifNoError=PARSE", "-XDshould-stop.ifError=PARSE", "-encoding", "UTF-8", "-d", "."], JavaFault(), "Contract.java"),
        _ => null,
    };

    /// <summary>Parses a contract.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="time">After ten seconds the tool's process tree is killed.</param>
    /// <param name="cancellationToken">Kills it at once.</param>
    public async Task<ContractReading> ReadAsync(Contract contract, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Find() is not { } program)
            return ContractReading.Unchecked($"{Program} is not on this machine.");

        var folder = Directory.CreateTempSubdirectory("planlane-contract-").FullName;
        try
        {
            if (File is not null)
                await System.IO.File.WriteAllTextAsync(Path.Combine(folder, File), contract.Content, cancellationToken).ConfigureAwait(false);
            return await RunAsync(program, contract.Content, folder, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<ContractReading> RunAsync(string program, string text, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var error = new StringBuilder();
        using var timer = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(File is null ? Arguments : [.. Arguments, File])
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(Variables)
                .WithValidation(CommandResultValidation.None)
                .WithStandardInputPipe(File is null ? PipeSource.FromString(text, new UTF8Encoding(false)) : PipeSource.Null)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Keep(error, line)))
                .ExecuteAsync(either.Token).ConfigureAwait(false);
            return result.ExitCode == 0 ? new ContractReading(ContractState.Parsed, null, []) : Read(error.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ContractReading.Unchecked($"{Program} did not end within {Limit.TotalSeconds:0} seconds.");
        }
        catch (Exception cause) when (cause is IOException or System.ComponentModel.Win32Exception)
        {
            return ContractReading.Unchecked($"{Program} could not be used: {cause.Message}");
        }
    }

    // A tool that fails without naming a place has said nothing about the text.
    private ContractReading Read(string output)
    {
        var faults = Fault.Matches(output).Select(match => new ContractFault(
            int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
            match.Groups["column"] is { Success: true } column ? int.Parse(column.Value, CultureInfo.InvariantCulture) : match.Groups["pad"].Length + 1,
            match.Groups["words"].Value.Trim())).ToList();
        return faults.Count > 0 ? ContractReading.Broken(faults) : ContractReading.Unchecked($"{Program} could not read it: {output.Split('\n')[0]}");
    }

    // Looked up by ourselves: a program of that name in the current folder is the repository's, not the machine's.
    private string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? Program + ".exe" : Program)).FirstOrDefault(System.IO.File.Exists);

    private static void Keep(StringBuilder output, string line)
    {
        if (output.Length < MostCharacters)
            output.Append(line).Append('\n');
    }

    [GeneratedRegex(@"^\[stdin\]:(?<line>\d+)\n.*\n(?<pad> *)\^+[^\n]*\n\n(?<words>SyntaxError: .*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NodeFault();

    [GeneratedRegex(@"^(?<line>\d+):(?<column>\d+): (?<words>.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PythonFault();

    [GeneratedRegex(@"^<standard input>:(?<line>\d+):(?<column>\d+): (?<words>.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex GoFault();

    [GeneratedRegex(@"^error[^:\n]*: (?<words>.*)\n *--> <stdin>:(?<line>\d+):(?<column>\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RustFault();

    [GeneratedRegex(@"\.java:(?<line>\d+): error: (?<words>.*)\n.*\n(?<pad> *)\^", RegexOptions.CultureInvariant)]
    private static partial Regex JavaFault();
}
