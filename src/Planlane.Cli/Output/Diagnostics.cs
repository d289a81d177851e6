using Planlane.Runs;

namespace Planlane.Cli.Output;

/// <summary>How a fault is told: what happened and why, and what to do next.</summary>
internal static class Diagnostics
{
    public static void Write(Terminal terminal, string message, string? hint)
    {
        terminal.Error.Hanging("", "       ", Ink.Bad("error: "), message);
        if (hint is not null)
            terminal.Error.Hanging("", "      ", Ink.Strong("hint: "), hint);
    }

    /// <summary>Writes a fault, and as JSON the end of the stream with it.</summary>
    public static int Report(Terminal terminal, Exception exception, bool debug, JsonLines? json)
    {
        var fault = exception as PlanlaneException ?? new PlanlaneException(
            FaultKind.Failed,
            $"Planlane itself failed: {exception.GetType().Name}: {exception.Message}",
            debug ? null : "Please report this; --debug shows where it failed.",
            exception);
        Write(terminal, fault.Message, fault.Hint);
        if (debug)
            terminal.Error.Line(exception.ToString());
        var code = ExitCodes.Of(fault.Kind);
        json?.Write(new { type = "error", kind = fault.Kind, message = fault.Message, hint = fault.Hint });
        json?.Result(code);
        return code;
    }
}
