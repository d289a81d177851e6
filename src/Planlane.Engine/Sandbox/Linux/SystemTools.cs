namespace Planlane.Sandbox.Linux;

/// <summary>Finds the programs that make a box. System folders come before the user's PATH.</summary>
internal static class SystemTools
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    /// <summary>The absolute path of a program, or null when it is not installed.</summary>
    public static string? Find(string name, BoxHost host) =>
        Folders.Concat(host.Environment.GetValueOrDefault("PATH", "").Split(':')).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
