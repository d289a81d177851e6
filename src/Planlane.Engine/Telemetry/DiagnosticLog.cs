using System.Text.Json;
using Planlane.Journal;
using Planlane.Models;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>Writes the diagnostics of a run: JSON objects, one a line, with time, level, run, task, attempt, step and message; no secrets.</summary>
/// <remarks>
/// A second record for people and their tools; the journal stays the truth. It is never a reason for a run to fail: where it cannot be written, nothing is. When the file has its
/// greatest size it is renamed, and the one that was renamed before is removed.
/// </remarks>
internal sealed class DiagnosticLog : IRunObserver
{
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly RunId _run;
    private readonly TimeProvider _time;
    private readonly SecretMask _secrets;
    private readonly long _mostBytes;
    private StreamWriter? _writer;
    private RunState? _state;

    public DiagnosticLog(string path, RunId run, TimeProvider time, SecretMask secrets, long mostBytes = MostBytes)
    {
        (_path, _run, _time, _secrets, _mostBytes) = (path, run, time, secrets, mostBytes);
        _writer = Open();
    }

    /// <inheritdoc />
    public void Recorded(RunUpdate update)
    {
        Volatile.Write(ref _state, update.State);
        foreach (var line in LogLines.Of(update.Recorded.Event, update.State))
            Write(line, update.Recorded.At);
    }

    /// <inheritdoc />
    public void Faulted(StepId step, Exception exception) => Write(
        // A known fault is told by its event; what nobody foresaw needs the place.
        new LogLine(LogLevel.Error, $"{exception.GetType().Name}: {exception.Message}") { Step = step, Exception = exception.ToString() },
        _time.GetUtcNow());

    /// <inheritdoc />
    public void Waited(AgentId? agent, ModelId model, ModelActivity.Waiting waiting) => Write(
        new LogLine(LogLevel.Warning, FormattableString.Invariant($"{model} will be asked again in {waiting.Delay.TotalSeconds:0.0} s: {waiting.Fault}."))
        {
            Task = Volatile.Read(ref _state)?.Tasks.FirstOrDefault(task => task.Agent == agent)?.Id,
        },
        _time.GetUtcNow());

    /// <inheritdoc />
    public void Left(Exception? fault)
    {
        if (_state is not { } state)
            return;
        Write(fault is not null
            ? new LogLine(LogLevel.Error, $"The run cannot go on: {fault.Message}") { Exception = fault.ToString() }
            : new LogLine(state.Halt is null && state.End is not { Outcome: RunOutcome.Failed } ? LogLevel.Info : LogLevel.Error, $"This process leaves the run: {Standing(state)}"), _time.GetUtcNow());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private static string Standing(RunState state) => state switch
    {
        { End: { } end } => $"{end.Outcome}{(end.Reason is { } reason ? ": " + reason : ".")}",
        { Halt: { } halt } => $"{halt.Kind}: {halt.Message}",
        { Waiting: not RunWait.Nobody } => $"it waits for {state.Waiting}.",
        _ => "it was stopped.",
    };

    private void Write(LogLine line, DateTimeOffset at)
    {
        var text = _secrets.Of(JsonSerializer.Serialize(
            new { time = at, level = line.Level, run = _run, task = line.Task, agent = AgentOf(line.Task), attempt = line.Attempt, turn = line.Turn, step = line.Step, message = line.Message, exception = line.Exception },
            EventJson.Options));
        lock (_gate)
        {
            try
            {
                if (_writer is { BaseStream.Length: var length } && length > _mostBytes)
                    Rotate();
                _writer?.Write(text + "\n");
                _writer?.Flush();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Very likely the disk is full; the journal will say so.
                _writer = null;
            }
        }
    }

    private AgentId? AgentOf(TaskId? task) => task is { } id ? Volatile.Read(ref _state)?.Tasks.FirstOrDefault(known => known.Id == id)?.Agent : null;

    private void Rotate()
    {
        _writer?.Dispose();
        File.Move(_path, _path + ".1", overwrite: true);
        _writer = Open();
    }

    private StreamWriter? Open()
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(_path)) is { } folder)
                Directory.CreateDirectory(folder);
            return new StreamWriter(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
