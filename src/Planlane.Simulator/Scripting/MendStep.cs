using System.Text.Json.Nodes;

namespace Planlane.Simulator.Scripting;

/// <summary>Replaces only the lines of a file that are wrong, as a model mends what a compiler names.</summary>
/// <param name="Path">The file.</param>
/// <param name="Wanted">What it is to hold.</param>
internal sealed record MendStep(string Path, string Wanted) : AgentStep(Path)
{
    public override string Tool => "edit_file";

    /// <summary>The step that brings a file to what is wanted: a write of the whole file when the conversation has not written it, else an edit.</summary>
    public static AgentStep Of(AgentMemory memory, string path, string wanted) =>
        FileEdits.Held(memory, path, null) is { } held && held != wanted ? new MendStep(path, wanted) { Held = held } : new Whole(path, wanted);

    /// <summary>What it holds now.</summary>
    private string Held { get; init; } = "";

    public override bool IsDone(AgentMemory memory) => FileEdits.Held(memory, Path, null) == Wanted;

    public override bool IsSame(PastCall call) => call.Name == Tool && call.Path == Path && call.Edits.SequenceEqual([Change]);

    public override JsonObject Input()
    {
        var (old, to) = Change;
        return new JsonObject { ["path"] = Path, ["edits"] = new JsonArray(new JsonObject { ["old_text"] = old, ["new_text"] = to }) };
    }

    private (string Old, string New) Change => FileEdits.Between(Held, Wanted);

    // As a write, but what was mended by edits counts as done.
    private sealed record Whole(string Path, string Wanted) : AgentStep(Path)
    {
        public override string Tool => "write_file";

        public override bool IsDone(AgentMemory memory) => FileEdits.Held(memory, Path, null) == Wanted;

        public override bool IsSame(PastCall call) => call.Name == Tool && call.Path == Path && call.Text("content") == Wanted;

        public override JsonObject Input() => new() { ["path"] = Path, ["content"] = Wanted };
    }
}
