namespace Planlane.Requests;

/// <summary>Reads a request from free text.</summary>
public static class RequestText
{
    /// <summary>Finds the goal, the constraints and the split hints of a text.</summary>
    /// <remarks>
    /// "Requirements:", "Constraints:" and "Must:" begin a list of constraints; "Split into:" and "Use 3 agents:" one of split hints; so do the same words as a
    /// Markdown heading or in bold. A list begins a line, or stands in one behind the end of a sentence or with a bullet behind its colon. Its items are the
    /// bulleted or numbered lines below it, each with the lines and the bullets that stand further in, or the rest of the line, divided at its bullets or else at
    /// its commas outside of brackets. All else is the goal, and so is what stands in a fenced block of code. An item that is there twice is taken once.
    /// </remarks>
    /// <param name="text">What the user typed; may be empty (see <see cref="RequestRules"/>).</param>
    public static RunRequest Parse(string text) => RequestHeadings.LinesOf(text).Aggregate(new RequestReader(), (reader, line) => reader.Read(line)).Request;
}
