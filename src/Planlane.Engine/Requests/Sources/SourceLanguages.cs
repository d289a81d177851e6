using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The languages whose files are read as source.</summary>
public static class SourceLanguages
{
    /// <summary>Every language; no two read the same path.</summary>
    public static ValueList<ISourceLanguage> All { get; } =
    [
        new CSharpLanguage(),
        new JavaScriptLanguage(),
        new PythonLanguage(),
        new GoLanguage(),
        new JavaLanguage(),
        new RustLanguage(),
    ];
}
