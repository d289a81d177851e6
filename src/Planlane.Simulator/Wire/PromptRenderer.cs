using System.Text.Json;
using Planlane.Simulator.Caching;

namespace Planlane.Simulator.Wire;

/// <summary>Renders a request as the prompt that the cache compares and tokens are counted of: tools, then system, then messages.</summary>
internal static class PromptRenderer
{
    private const int MaxBreakpoints = 4;

    public static IReadOnlyList<PromptBlock> Render(JsonElement body)
    {
        var blocks = new List<PromptBlock>();
        if (body.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array)
            blocks.AddRange(tools.EnumerateArray().Select((tool, at) => new PromptBlock("tools", Json(tool), Breakpoint(tool, $"tools.{at}"))));
        // Settings are no text that is counted, but a change of them ends the match of everything after them: they go into the part's name.
        var ofSystem = Settings(body, "speed", "output_config.format");
        blocks.AddRange(System(body, "system" + ofSystem));
        var ofMessages = ofSystem + Settings(body, "tool_choice", "thinking");
        foreach (var (at, message) in body.GetProperty("messages").EnumerateArray().Index())
            blocks.AddRange(Message(message, at, ofMessages));
        MarkLast(body, blocks);
        CheckBreakpoints(blocks);
        return blocks;
    }

    private static IEnumerable<PromptBlock> System(JsonElement body, string part)
    {
        if (!body.TryGetProperty("system", out var system))
            return [];
        return system.ValueKind switch
        {
            JsonValueKind.String => [new PromptBlock(part, system.GetString()!)],
            JsonValueKind.Array => system.EnumerateArray().Select((block, at) => new PromptBlock(part, RequestReader.Text(block, "text") ?? "", Breakpoint(block, $"system.{at}"))),
            _ => [],
        };
    }

    private static IEnumerable<PromptBlock> Message(JsonElement message, int at, string settings)
    {
        var role = RequestReader.Text(message, "role")! + settings;
        var content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.String
            ? [new PromptBlock(role, content.GetString()!)]
            : content.EnumerateArray().Select((block, place) => new PromptBlock(role, Content(block), Breakpoint(block, $"messages.{at}.content.{place}")));
    }

    private static string Settings(JsonElement body, params ReadOnlySpan<string> names)
    {
        var found = "";
        foreach (var name in names)
        {
            var value = body;
            var present = name.Split('.').All(step => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out value));
            if (present && value.ValueKind != JsonValueKind.Null)
                found += $" {name}={Json(value)}";
        }

        return found;
    }

    private static string Content(JsonElement block) => RequestReader.Text(block, "type") switch
    {
        "text" => RequestReader.Text(block, "text")!,
        "tool_use" => RequestReader.Text(block, "name") + Json(block.GetProperty("input")),
        "tool_result" => block.TryGetProperty("content", out var content) ? content.ValueKind == JsonValueKind.String ? content.GetString()! : Json(content) : "",
        _ => Json(block),
    };

    private static string Json(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("cache_control", out _))
            return JsonSerializer.Serialize(element, WireJson.Compact);
        return JsonSerializer.Serialize(element.EnumerateObject().Where(member => member.Name != "cache_control").ToDictionary(member => member.Name, member => member.Value), WireJson.Compact);
    }

    private static CacheLifetime? Breakpoint(JsonElement holder, string place)
    {
        if (!holder.TryGetProperty("cache_control", out var control) || control.ValueKind == JsonValueKind.Null)
            return null;
        if (control.ValueKind != JsonValueKind.Object || RequestReader.Text(control, "type") != "ephemeral")
            throw ApiException.Invalid($"{place}.cache_control.type: Input should be 'ephemeral'");
        if (RequestReader.Text(holder, "type") == "text" && RequestReader.Text(holder, "text") == "")
            throw ApiException.Invalid($"{place}: cache_control cannot be set for empty text blocks");
        return RequestReader.Text(control, "ttl") switch
        {
            null or "5m" => CacheLifetime.FiveMinutes,
            "1h" => CacheLifetime.OneHour,
            _ => throw ApiException.Invalid($"{place}.cache_control.ttl: Input should be '5m' or '1h'"),
        };
    }

    // A mark on the request itself stands for one on its last block.
    private static void MarkLast(JsonElement body, List<PromptBlock> blocks)
    {
        if (Breakpoint(body, "request") is not { } lifetime)
            return;
        if (blocks[^1].Breakpoint is { } marked && marked != lifetime)
            throw ApiException.Invalid("cache_control: the last block already has a cache_control with another ttl");
        blocks[^1] = blocks[^1] with { Breakpoint = lifetime };
    }

    private static void CheckBreakpoints(List<PromptBlock> blocks)
    {
        var marks = blocks.Where(block => block.Breakpoint is not null).Select(block => block.Breakpoint!.Value).ToList();
        if (marks.Count > MaxBreakpoints)
            throw ApiException.Invalid($"A maximum of {MaxBreakpoints} blocks with cache_control may be provided. Found {marks.Count}.");
        if (marks.SkipWhile(mark => mark == CacheLifetime.OneHour).Contains(CacheLifetime.OneHour))
        {
            throw ApiException.Invalid(
                "cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. "
                + "Note that blocks are processed in the following order: `tools`, `system`, `messages`.");
        }
    }
}
