namespace Planlane.Workspaces.Disk;

/// <summary>The marks by which an overlay's upper layer says that something below it is not seen.</summary>
/// <remarks>The kernel's documentation: Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories".</remarks>
internal static class OverlayMarks
{
    private const string Opaque = "user.overlay.opaque";
    private const string OpaqueByRoot = "trusted.overlay.opaque";
    private const uint CharacterDevice = 0x2000;

    /// <summary>Whether a folder of an overlay hides all that lies below it in other layers.</summary>
    public static bool IsOpaque(string folder)
    {
        var value = new byte[1];
        return OperatingSystem.IsLinux() && NativeFiles.GetAttribute(folder, Opaque, value, 1) == 1 && value[0] == (byte)'y';
    }

    /// <summary>Makes a folder hide all that lies below it in other layers.</summary>
    public static void MakeOpaque(string folder)
    {
        if (!OperatingSystem.IsLinux() || NativeFiles.SetAttribute(folder, Opaque, "y"u8.ToArray(), 1, 0) != 0)
            throw new IOException($"The folder {folder} cannot be made to hide another: this file system keeps no such attributes.");
    }

    /// <summary>Makes a folder of an overlay's layer show what is below it again; nothing happens when it does.</summary>
    public static void RemoveOpaque(string folder)
    {
        // Which of the two it is depends on who mounted it; that the other is not there is no fault.
        _ = NativeFiles.RemoveAttribute(folder, Opaque) + NativeFiles.RemoveAttribute(folder, OpaqueByRoot);
    }

    /// <summary>Marks a path as removed. The kernel lets everybody make this one device.</summary>
    public static void MakeRemoval(string path)
    {
        if (!OperatingSystem.IsLinux() || NativeFiles.MakeNode(path, CharacterDevice, 0) != 0)
            throw new IOException($"{path} cannot be marked as removed.");
    }
}
