using System.Reflection;

namespace Planlane.Planning;

/// <summary>The texts that models read; each lies as a file beside the class that sends it.</summary>
public static class Prompts
{
    /// <summary>A text by its place in the source tree, such as <c>Agents/AgentPrompt.md</c>; line ends are LF.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Read(string place)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Planlane/{place}") ?? throw new FileNotFoundException(place);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }
}
