using System.Collections;
using Planlane.Values;

namespace Planlane.Cli.Settings;

/// <summary>What is masked in all that this process writes: the secrets of its environment, and well-known kinds of keys.</summary>
internal static class ProcessSecrets
{
    private static readonly Lazy<SecretMask> Made = new(() => new SecretMask(SecretVariables.ValuesOf(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")))));

    /// <summary>The mask; the environment of a process does not change while it runs.</summary>
    public static SecretMask Mask => Made.Value;
}
