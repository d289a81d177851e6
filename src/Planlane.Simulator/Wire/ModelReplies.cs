using System.Globalization;
using System.Text.Json.Nodes;

namespace Planlane.Simulator.Wire;

/// <summary>What <c>/v1/models</c> answers.</summary>
internal static class ModelReplies
{
    public static JsonObject List() => new()
    {
        ["data"] = new JsonArray([.. ModelTable.All.Select(One)]),
        ["has_more"] = false,
        ["first_id"] = ModelTable.All[0].Id.Value,
        ["last_id"] = ModelTable.All[^1].Id.Value,
    };

    public static JsonObject One(ServedModel model) => new()
    {
        ["type"] = "model",
        ["id"] = model.Id.Value,
        ["display_name"] = model.DisplayName,
        ["created_at"] = model.CreatedOn.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture),
        ["max_input_tokens"] = model.ContextTokens,
        ["max_tokens"] = model.MaxOutputTokens,
    };
}
