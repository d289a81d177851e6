using System.Text.Json;
using Planlane.Models;

namespace Planlane.Trials.Savings;

/// <summary>The day of the engine's catalogue of models, which is its version.</summary>
internal static class CatalogueDay
{
    public static string AsOf { get; } = Read();

    private static string Read()
    {
        var assembly = typeof(ModelCatalogue).Assembly;
        using var stream = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith("catalogue.json", StringComparison.Ordinal)))!;
        using var catalogue = JsonDocument.Parse(stream);
        return catalogue.RootElement.GetProperty("asOf").GetString()!;
    }
}
