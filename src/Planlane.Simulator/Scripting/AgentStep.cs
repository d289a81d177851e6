using System.Text.Json.Nodes;

namespace Planlane.Simulator.Scripting;

/// <summary>One recorded call that changes a file, and what a conversation tells of it.</summary>
internal abstract record AgentStep(string Path)
{
    public abstract string Tool { get; }

    /// <summary>Whether nothing of it is left to do.</summary>
    public abstract bool IsDone(AgentMemory memory);

    public abstract bool IsSame(PastCall call);

    public abstract JsonObject Input();

    public int Refusals(AgentMemory memory) => memory.Calls.Count(call => call.Refused && IsSame(call));

    /// <summary>Whether the file was looked at after this call was last refused.</summary>
    public bool IsReadAgain(AgentMemory memory) => ReadAgain(memory) is not null;

    protected PastCall? ReadAgain(AgentMemory memory) => memory.Calls.Reverse().TakeWhile(call => !(call.Refused && IsSame(call)))
        .FirstOrDefault(call => call.Name == "read_files" && call.Texts("paths").Contains(Path) && call.Result is not null);

    /// <summary>Writes a whole file.</summary>
    public sealed record Write(string Path, string Content) : AgentStep(Path)
    {
        public override string Tool => "write_file";

        public override bool IsDone(AgentMemory memory) => memory.Written(Path) == Content;

        public override bool IsSame(PastCall call) => call.Name == Tool && call.Path == Path && call.Text("content") == Content;

        public override JsonObject Input() => new() { ["path"] = Path, ["content"] = Content };
    }

    /// <summary>Replaces a unique text of a file.</summary>
    public sealed record Edit(string Path, string Old, string New) : AgentStep(Path)
    {
        public override string Tool => "edit_file";

        // After a restart the file may hold the edit already: then the edit is refused and reading the file shows why.
        public override bool IsDone(AgentMemory memory) => memory.Calls.Any(call => call.Succeeded && IsSame(call))
            || (New.Length > 0 && memory.Found.TryGetValue(Path, out var found) && found.Contains(New, StringComparison.Ordinal))
            || (Refusals(memory) > 0 && ReadAgain(memory) is { Succeeded: true } read && New.Length > 0 && Shows(read.Result!.Value));

        public override bool IsSame(PastCall call) => call.Name == Tool && call.Path == Path && call.Edits.SequenceEqual([(Old, New)]);

        public override JsonObject Input() => new() { ["path"] = Path, ["edits"] = new JsonArray(new JsonObject { ["old_text"] = Old, ["new_text"] = New }) };

        // A tool may number the lines that it shows, so that the lines are looked for one by one.
        private bool Shows(string text) => New.Split('\n').Select(line => line.Trim()).All(line => text.Contains(line, StringComparison.Ordinal));
    }
}
