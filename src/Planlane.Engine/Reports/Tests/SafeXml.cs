using System.Xml;
using System.Xml.Linq;

namespace Planlane.Reports.Tests;

/// <summary>Reads XML that a command wrote: no document type, no entities, nothing fetched.</summary>
internal static class SafeXml
{
    private const int MostCharacters = 20_000_000;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, CheckCharacters = false };

    /// <summary>The root element; null when the text is not XML, or more than is read.</summary>
    public static XElement? Read(string text)
    {
        if (!text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<"))
            return null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF').TrimStart()), Settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            // A runner that was killed leaves half a file.
            return null;
        }
    }

    /// <summary>An element's children of a name, whatever their namespace.</summary>
    public static IEnumerable<XElement> All(this XElement element, string name) => element.Descendants().Where(child => child.Name.LocalName == name);

    /// <summary>An attribute's text; empty when it is not there.</summary>
    public static string Of(this XElement element, string attribute) => (string?)element.Attribute(attribute) ?? "";
}
