using System.Runtime.CompilerServices;
using Planlane.Testing;

namespace Planlane.Support;

/// <summary>A repository with one run in it, whose journal was recorded by an earlier version.</summary>
internal sealed class RecordedRun : IDisposable
{
    private const string Version = "2026-11-27";

    public RecordedRun()
    {
        var journal = Path.Combine(TestsFolder(), "Planlane.Engine.Tests", "Journal", "Golden", $"{Version}.jsonl");
        var events = File.ReadAllText(journal);
        Id = System.Text.Json.JsonDocument.Parse(events.Split('\n')[0]).RootElement.GetProperty("event").GetProperty("id").GetString()!;
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Folder, ".git", "planlane", "runs", Id)).FullName;
        File.WriteAllText(Path.Combine(folder, "journal.jsonl"), events);
    }

    public TempRepository Repository { get; } = TempRepository.With();

    public string Folder => Repository.Folder;

    public string Id { get; }

    public void Dispose() => Repository.Dispose();

    private static string TestsFolder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
