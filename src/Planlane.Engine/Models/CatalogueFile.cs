using System.Text.Json;
using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>The form of a catalogue file.</summary>
internal static class CatalogueFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static ValueList<CatalogueModel> Read(Stream stream, string name)
    {
        try
        {
            var file = JsonSerializer.Deserialize<Document>(stream, Options) ?? throw new JsonException("It is null.");
            return file.Models.Select(row => ModelOf(row, file.AsOf)).ToValueList();
        }
        catch (JsonException exception)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The model catalogue {name} is not valid: {exception.Message}", "Compare it with the form in the documentation.", exception);
        }
    }

    private static CatalogueModel ModelOf(Row row, DateOnly asOf)
    {
        if (row.Prices.Count == 0)
            throw new JsonException($"{row.Id} has no price.");
        var facts = new ModelFacts(
            row.Id,
            row.Family,
            row.Prices.Select(price => new ModelPrice(price.From, price.Input, price.Output, price.CacheRead, price.CacheWrite, price.CacheWriteLong)).ToValueList(),
            row.ContextTokens,
            row.MaxOutputTokens,
            row.CacheMinimumTokens,
            row.TokensPerSecond,
            row.FirstTokenSeconds)
        {
            LongPrompts = LongPromptsOf(row.Prices),
        };
        return new CatalogueModel(facts, row.Aliases ?? [], row.StructuredOutput, row.Effort, row.Source ?? "", asOf);
    }

    private static ValueList<LongPromptPrice> LongPromptsOf(ValueList<Price> prices) =>
        prices.Where(price => price.LongPrompt is not null)
            .Select(price => (price.From, Long: price.LongPrompt!))
            .Select(row => new LongPromptPrice(
                row.Long.Above,
                new ModelPrice(row.From, row.Long.Input, row.Long.Output, row.Long.CacheRead, row.Long.CacheWrite, row.Long.CacheWriteLong)))
            .ToValueList();

    private sealed record Document(DateOnly AsOf, ValueList<Row> Models);

    private sealed record Row(
        ModelId Id,
        string Family,
        ValueList<Price> Prices,
        int ContextTokens,
        int MaxOutputTokens,
        int CacheMinimumTokens,
        double TokensPerSecond,
        double FirstTokenSeconds,
        ValueList<ModelId>? Aliases = null,
        bool StructuredOutput = false,
        bool Effort = false,
        string? Source = null);

    private sealed record Price(
        DateOnly From,
        decimal Input,
        decimal Output,
        decimal CacheRead,
        decimal CacheWrite,
        decimal CacheWriteLong,
        LongPrice? LongPrompt = null);

    private sealed record LongPrice(int Above, decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite, decimal CacheWriteLong);
}
