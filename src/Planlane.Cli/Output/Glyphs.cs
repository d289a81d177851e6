namespace Planlane.Cli.Output;

/// <summary>The marks that views use beside words; no meaning is carried by a mark alone, so that the plain set can leave them out.</summary>
internal sealed record Glyphs
{
    public static Glyphs Fancy { get; } = new();

    /// <summary>Nothing but words and ASCII punctuation, for screen readers and terminals without Unicode.</summary>
    public static Glyphs Plain { get; } = new()
    {
        Plan = "",
        Launch = "",
        Write = "",
        Done = "",
        Warning = "",
        Failure = "",
        Blocked = "",
        Refused = "",
        Repair = "",
        Escalation = "",
        Granted = "",
        Planning = "",
        Checking = "",
        Seal = "",
        Resumed = "",
        Rule = "",
        Banner = "",
        Branch = "- ",
        LastBranch = "- ",
        Trunk = "  ",
        Gap = "  ",
        Dot = "; ",
        Pipe = "; ",
        Range = " to ",
        Ellipsis = "...",
        Minus = "-",
        Tick = "- ",
        Cross = "- ",
        Unknown = "- ",
        CoveredBy = "; covered by ",
        Column = ", ",
    };

    public string Plan { get; init; } = "📋 ";

    public string Launch { get; init; } = "🚀 ";

    public string Write { get; init; } = "📝 ";

    public string Done { get; init; } = "✅ ";

    public string Warning { get; init; } = "⚠️ ";

    public string Failure { get; init; } = "❌ ";

    public string Blocked { get; init; } = "⛔ ";

    public string Refused { get; init; } = "✋ ";

    public string Repair { get; init; } = "🔧 ";

    public string Escalation { get; init; } = "⏫ ";

    public string Granted { get; init; } = "📂 ";

    public string Planning { get; init; } = "🧭 ";

    public string Checking { get; init; } = "🔍 ";

    public string Seal { get; init; } = "🔐 ";

    public string Resumed { get; init; } = "🔁 ";

    public string Rule { get; init; } = "━";

    public string Banner { get; init; } = "===";

    public string Branch { get; init; } = "├─ ";

    public string LastBranch { get; init; } = "└─ ";

    public string Trunk { get; init; } = "│  ";

    public string Gap { get; init; } = "   ";

    public string Dot { get; init; } = " · ";

    public string Pipe { get; init; } = " | ";

    public string Range { get; init; } = "–";

    public string Ellipsis { get; init; } = "…";

    public string Minus { get; init; } = "−";

    public string Tick { get; init; } = "✓ ";

    public string Cross { get; init; } = "✗ ";

    public string Unknown { get; init; } = "? ";

    public string CoveredBy { get; init; } = " → ";

    public string Column { get; init; } = "  ";
}
