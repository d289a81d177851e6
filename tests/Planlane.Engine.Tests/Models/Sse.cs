using System.Text.Json;

namespace Planlane.Models;

/// <summary>The events of a streamed answer as the API writes them.</summary>
internal static class Sse
{
    public static string Ping => Event("ping", """{"type":"ping"}""");

    public static string Start(string usage = """{"input_tokens":10,"output_tokens":1}""") => Event(
        "message_start",
        $$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001","content":[],"stop_reason":null,"usage":{{{usage}}}}}""");

    public static string Text(int index, params string[] pieces) =>
        Open(index, """{"type":"text","text":""}""")
        + string.Concat(pieces.Select(piece => Delta(index, $$$"""{"type":"text_delta","text":{{{JsonSerializer.Serialize(piece)}}}}""")))
        + Close(index);

    public static string Tool(int index, string id, string name, params string[] pieces) =>
        Open(index, $$$"""{"type":"tool_use","id":"{{{id}}}","name":"{{{name}}}","input":{}}""")
        + string.Concat(pieces.Select(piece => Delta(index, $$$"""{"type":"input_json_delta","partial_json":{{{JsonSerializer.Serialize(piece)}}}}""")))
        + Close(index);

    public static string Open(int index, string block) =>
        Event("content_block_start", $$$"""{"type":"content_block_start","index":{{{index}}},"content_block":{{{block}}}}""");

    public static string Delta(int index, string delta) => Event("content_block_delta", $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{{{delta}}}}""");

    public static string Close(int index) => Event("content_block_stop", $$$"""{"type":"content_block_stop","index":{{{index}}}}""");

    public static string Stop(string reason, string usage = """{"output_tokens":7}""") =>
        Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{{{usage}}}}""");

    public static string End => Event("message_stop", """{"type":"message_stop"}""");

    public static string Error(string type, string message) =>
        Event("error", $$$"""{"type":"error","error":{"details":null,"type":"{{{type}}}","message":"{{{message}}}"},"request_id":"req_5"}""");

    public static string[] Hello => [Start(), Text(0, "Hel", "lo"), Stop("end_turn"), End];

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";
}
