using System.Text.Encodings.Web;
using System.Text.Json;

namespace Planlane.Simulator.Wire;

/// <summary>The one spelling of JSON that is sent, compared and counted: no white space, nothing escaped that need not be.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
