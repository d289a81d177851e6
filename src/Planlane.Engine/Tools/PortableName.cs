namespace Planlane.Tools;

/// <summary>Names that not every system can hold; a repository with one cannot be checked out there.</summary>
/// <remarks>Source of the rules: "Naming Files, Paths, and Namespaces" of the Windows documentation.</remarks>
internal static class PortableName
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Why a new file or folder should not have this name, or null when it may.</summary>
    public static string? ProblemOf(string name) => name switch
    {
        _ when name.EndsWith('.') || name.EndsWith(' ') => $"has a part that ends with a dot or a space ('{name}'), which Windows cannot hold",
        _ when name.IndexOfAny(['<', '>', ':', '"', '|', '?', '*']) >= 0 => $"has a character that Windows cannot hold ('{name}')",
        _ when IsDevice(name.Split('.')[0].TrimEnd()) => $"has a part that is a device on Windows ('{name}')",
        _ => null,
    };

    private static bool IsDevice(string stem) => Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
        || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)) && (char.IsAsciiDigit(stem[3]) || stem[3] is '¹' or '²' or '³'));
}
