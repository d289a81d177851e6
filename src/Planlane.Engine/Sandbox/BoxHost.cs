using Planlane.Values;

namespace Planlane.Sandbox;

/// <summary>What a sandbox must know of the user who starts it.</summary>
/// <param name="Home">The user's home folder; nothing of it is shown but tools and package caches.</param>
/// <param name="Environment">The user's environment.</param>
public sealed record BoxHost(string Home, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The start words of a program that calls <see cref="Linux.BoxListener.Hand"/> with one more word; null where there is none, and then the network cannot be opened for named hosts alone.</summary>
    public ValueList<string>? NetworkProgram { get; init; }

    /// <summary>The folder for temporary files that all of the user's programs share; workspaces of other agents lie in it too. Nothing of it is shown.</summary>
    public string Temporary { get; init; } = Path.GetTempPath();

    /// <summary>The user of this process.</summary>
    public static BoxHost Current() => new(
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile, System.Environment.SpecialFolderOption.DoNotVerify),
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));
}
