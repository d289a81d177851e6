using System.Text.Json;
using System.Xml;

namespace Planlane.Planning.Contracts;

/// <summary>Parses contracts that are not C#, by what is on the machine.</summary>
/// <param name="time">Limits the parsers.</param>
internal sealed class ContractSyntax(TimeProvider time)
{
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly XmlReaderSettings Xml = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>How far a contract can be read, and what is wrong with it.</summary>
    public async Task<ContractReading> ReadAsync(Contract contract, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(contract.Path.Name).ToLowerInvariant();
        return extension switch
        {
            ".json" => ReadJson(contract.Content),
            ".xml" or ".csproj" or ".props" or ".targets" or ".config" or ".resx" or ".slnx" or ".xaml" or ".svg" => ReadXml(contract.Content),
            ".js" => await ReadScriptAsync(contract, cancellationToken).ConfigureAwait(false),
            _ when SyntaxTool.For(extension) is { } tool => await tool.ReadAsync(contract, time, cancellationToken).ConfigureAwait(false),
            _ => ContractReading.Unchecked($"Nothing here reads {(extension.Length > 1 ? extension + " files" : "files without an extension")}."),
        };
    }

    // Whether a script is a module is said elsewhere (package.json), so it is right when it is right as either.
    private async Task<ContractReading> ReadScriptAsync(Contract contract, CancellationToken cancellationToken)
    {
        var module = await SyntaxTool.For(".mjs")!.ReadAsync(contract, time, cancellationToken).ConfigureAwait(false);
        if (module.State != ContractState.Broken)
            return module;
        var script = await SyntaxTool.For(".cjs")!.ReadAsync(contract, time, cancellationToken).ConfigureAwait(false);
        var isModule = contract.Content.Split('\n').Any(line => line.StartsWith("import ", StringComparison.Ordinal) || line.StartsWith("export ", StringComparison.Ordinal));
        return script.State != ContractState.Broken || !isModule ? script : module;
    }

    private static ContractReading ReadJson(string text)
    {
        try
        {
            JsonDocument.Parse(text, Json).Dispose();
            return new ContractReading(ContractState.Parsed, null, []);
        }
        catch (JsonException cause)
        {
            // The position stands in the fault already.
            var words = cause.Message.Split(" LineNumber:")[0];
            return ContractReading.Broken([new ContractFault((int)(cause.LineNumber ?? 0) + 1, (int)(cause.BytePositionInLine ?? 0) + 1, words)]);
        }
    }

    private static ContractReading ReadXml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Xml);
            while (reader.Read())
                continue;
            return new ContractReading(ContractState.Parsed, null, []);
        }
        catch (XmlException cause)
        {
            return ContractReading.Broken([new ContractFault(Math.Max(1, cause.LineNumber), Math.Max(1, cause.LinePosition), cause.Message)]);
        }
    }
}
