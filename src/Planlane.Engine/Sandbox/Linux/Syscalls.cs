using System.Runtime.InteropServices;

namespace Planlane.Sandbox.Linux;

/// <summary>The numbers of the system calls that a box refuses. Source: the kernel's tables <c>syscall_64.tbl</c> and <c>asm-generic/unistd.h</c>.</summary>
/// <param name="AuditArchitecture">What the kernel calls the architecture when it asks a filter.</param>
/// <param name="NewProcess">Starts processes and threads, and may make namespaces.</param>
/// <param name="Unshare">May make namespaces.</param>
/// <param name="Ioctl">May push letters into a terminal.</param>
/// <param name="Socket">Makes a socket.</param>
/// <param name="Refused">Those that are refused whatever their arguments are.</param>
internal sealed record Syscalls(uint AuditArchitecture, uint NewProcess, uint Unshare, uint Ioctl, uint Socket, IReadOnlyList<uint> Refused)
{
    /// <summary>Starts processes as well; takes its flags by pointer, so that a filter cannot read them. The same number everywhere.</summary>
    public const uint Clone3 = 435;

    // New mounts (open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, open_tree_attr), io_uring, pidfd_getfd, quotactl_fd: the same everywhere.
    private static readonly uint[] Everywhere = [428, 429, 430, 431, 432, 433, 442, 467, 425, 426, 427, 438, 443];

    /// <summary>Of 64-bit Intel and AMD processors.</summary>
    public static Syscalls X64 { get; } = new(0xC000003E, 56, 272, 16, 41,
    [
        .. Everywhere,
        308, // setns
        165, 166, 155, 161, // mount, umount2, pivot_root, chroot
        101, 310, 311, 312, // ptrace, process_vm_readv, process_vm_writev, kcmp
        248, 249, 250, // add_key, request_key, keyctl
        321, 298, 323, // bpf, perf_event_open, userfaultfd
        246, 320, 175, 313, 176, // kexec_load, kexec_file_load, init_module, finit_module, delete_module
        304, 163, 179, 212, 103, // open_by_handle_at, acct, quotactl, lookup_dcookie, syslog
        167, 168, 169, 153, // swapon, swapoff, reboot, vhangup
        164, 227, 170, 171, // settimeofday, clock_settime, sethostname, setdomainname
        172, 173, // iopl, ioperm
    ]);

    /// <summary>Of 64-bit ARM processors.</summary>
    public static Syscalls Arm64 { get; } = new(0xC00000B7, 220, 97, 29, 198,
    [
        .. Everywhere,
        268, // setns
        40, 39, 41, 51, // mount, umount2, pivot_root, chroot
        117, 270, 271, 272, // ptrace, process_vm_readv, process_vm_writev, kcmp
        217, 218, 219, // add_key, request_key, keyctl
        280, 241, 282, // bpf, perf_event_open, userfaultfd
        104, 294, 105, 273, 106, // kexec_load, kexec_file_load, init_module, finit_module, delete_module
        265, 89, 60, 18, 116, // open_by_handle_at, acct, quotactl, lookup_dcookie, syslog
        224, 225, 142, 58, // swapon, swapoff, reboot, vhangup
        170, 112, 161, 162, // settimeofday, clock_settime, sethostname, setdomainname
    ]);

    /// <summary>Of this machine; null where no filter can be made.</summary>
    public static Syscalls? Native => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => null,
    };
}
