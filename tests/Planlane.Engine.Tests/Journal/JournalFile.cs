using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>A journal in a temporary folder of its own.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-test-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "run", "journal.jsonl");

    /// <summary>Three events of all kinds of text: letters of several bytes, line breaks, quotes.</summary>
    public static IReadOnlyList<RecordedEvent> Events { get; } =
    [
        Recorded(1, new RunStarted(new("abc123"), RequestText.Parse("Grüße, \"Welt\"\nzweite Zeile"), new RunBase(new(new string('a', 40)), new(new string('b', 40)), null, []), Testing.RunHarness.Settings)),
        Recorded(2, new StepBegun(new("plan:1"))) with { Elapsed = 0.25 },
        Recorded(3, new StepFailed(new("plan:1"), FaultKind.Failed, "Kein Netz … \\ \"\u2028", null)),
    ];

    public static IReadOnlyList<RecordedEvent> FirstTwo { get; } = [.. Events.Take(2)];

    public static RecordedEvent Recorded(long sequence, RunEvent happened) => new(sequence, new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero).AddSeconds(sequence), happened);

    /// <summary>The bytes of the events' lines.</summary>
    public static byte[] Bytes(params IEnumerable<RecordedEvent> events) => [.. events.SelectMany(recorded => EventJson.Write(recorded).Append((byte)'\n'))];

    public void Write(byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllBytes(Path, bytes);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadAsync() => JsonLinesJournal.ReadAsync(Path, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);
}
