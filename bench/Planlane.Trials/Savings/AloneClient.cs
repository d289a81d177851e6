using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Budgets;
using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

/// <summary>The loop of one agent alone, as coding agents of today have it: one conversation, a rolling prompt cache, tools, retries.</summary>
/// <param name="address">The Messages API.</param>
/// <param name="model">The model.</param>
/// <param name="tools">Its tools.</param>
/// <param name="times">How long they take.</param>
/// <param name="time">The clock.</param>
internal sealed class AloneClient(Uri address, string model, AloneTools tools, ToolTime times, TimeProvider time) : IDisposable
{
    private const int MostTurns = 200;
    private const int MostTries = 12;
    private const string Rules = "You are a coding agent at work on one git repository. Look at what is there, do what is asked, build and test, and say when it is done. ";
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Works until the tests pass and the agent says that it is done.</summary>
    public async Task RunAsync(string request, int prefixTokens, CancellationToken cancellationToken)
    {
        _http.DefaultRequestHeaders.Add("x-api-key", "simulated");
        _http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var opening = $"<task id=\"{AlonePace.TaskName}\">\n{request}\n</task>";
        var system = SystemText(prefixTokens - TokenCount.Of(AloneTools.Declarations().ToJsonString() + opening));
        var messages = new JsonArray { Said(new JsonObject { ["type"] = "text", ["text"] = opening }) };
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var answer = await AskAsync(Body(system, messages), cancellationToken).ConfigureAwait(false);
            messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = Content(answer) });
            var calls = answer["content"]!.AsArray().Where(block => block!["type"]!.GetValue<string>() == "tool_use").ToList();
            if (calls.Count == 0 && tools.IsTested)
                return;
            messages.Add(calls.Count == 0 ? Said(new JsonObject { ["type"] = "text", ["text"] = "It is not done yet. Go on." }) : Said([.. await ResultsAsync(calls, cancellationToken).ConfigureAwait(false)]));
        }

        throw new InvalidOperationException($"The agent alone was not done after {MostTurns} turns.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<JsonObject>> ResultsAsync(List<JsonNode?> calls, CancellationToken cancellationToken)
    {
        var results = new List<JsonObject>();
        foreach (var call in calls)
        {
            var name = call!["name"]!.GetValue<string>();
            var (text, isError) = await tools.RunAsync(name, JsonSerializer.SerializeToElement(call["input"]), cancellationToken).ConfigureAwait(false);
            results.Add(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = call["id"]!.GetValue<string>(), ["content"] = text.Length == 0 ? "(empty)" : text, ["is_error"] = isError });
        }

        // Once a turn, however many calls it has: so the reference reckons.
        var runs = calls.Any(call => call!["name"]!.GetValue<string>() == "run");
        if (runs || times.OfEveryTurn)
            await Task.Delay(times.Next("turn"), time, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task<JsonObject> AskAsync(JsonObject body, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var response = await _http.PostAsJsonAsync("v1/messages", body, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false))!;
                if ((int)response.StatusCode is not (429 or >= 500) || tries == MostTries)
                    throw new InvalidOperationException(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? Pause(tries), time, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException) when (tries < MostTries)
            {
                await Task.Delay(Pause(tries), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // As the vendor's own packages wait: half a second, doubled each time, at most eight.
    private static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(8, 0.5 * Math.Pow(2, tries)));

    private JsonObject Body(string system, JsonArray messages)
    {
        var sent = messages.DeepClone().AsArray();
        // The rolling cache: the end of the prefix, and the end of the conversation so far.
        sent[^1]!["content"]!.AsArray()[^1]!["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        return new JsonObject
        {
            ["model"] = model,
            ["max_tokens"] = 64_000,
            ["system"] = new JsonArray { new JsonObject { ["type"] = "text", ["text"] = system, ["cache_control"] = new JsonObject { ["type"] = "ephemeral" } } },
            ["tools"] = AloneTools.Declarations(),
            ["messages"] = sent,
        };
    }

    private static JsonArray Content(JsonObject answer) => [.. answer["content"]!.AsArray().Select(block =>
    {
        var copy = block!.DeepClone().AsObject();
        copy.Remove("caller");
        return copy;
    })];

    private static JsonObject Said(params JsonObject[] blocks) => new() { ["role"] = "user", ["content"] = new JsonArray([.. blocks]) };

    // Numbered sentences stand for the system prompt of a coding agent, which is not ours to copy: only its length counts.
    private static string SystemText(int tokens)
    {
        var text = new System.Text.StringBuilder(Rules);
        for (var number = 1; TokenCount.Of(text.ToString()) < tokens; number++)
            text.Append(CultureInfo.InvariantCulture, $"Rule {number}: work with care and change nothing that was not asked for. ");
        return text.ToString();
    }
}
