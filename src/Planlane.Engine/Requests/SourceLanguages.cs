using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The languages whose files are read as code.</summary>
public static class SourceLanguages
{
    /// <summary>Every language, in the order in which they are asked whether a file is theirs.</summary>
    public static ValueList<ISourceLanguage> All { get; } = [];
}
