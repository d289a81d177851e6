using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>Names a reading: of which blob, and by what.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Reader">The language with its version, or <see cref="Plain"/>.</param>
internal readonly record struct ReadingKey(ObjectId Blob, string Reader)
{
    /// <summary>The reader of files that a language needs the text of.</summary>
    public const string Plain = "text";

    /// <summary>The reader of a language's files; another one when the language reads differently.</summary>
    public static string ReaderOf(ISourceLanguage language) => $"{language.Name}/{language.Version}";
}

/// <summary>What became of a blob that was to be read.</summary>
internal enum ReadingState : byte
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>It is no text.</summary>
    Binary,

    /// <summary>A tool wrote it, as its first lines say.</summary>
    Generated,
}

/// <summary>What was read of a blob.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Facts">What a language read; null when it was not read, or as plain text.</param>
/// <param name="Text">The plain text; null when it was not read, or by a language.</param>
internal sealed record BlobReading(ReadingState State, SourceFacts? Facts = null, string? Text = null);
