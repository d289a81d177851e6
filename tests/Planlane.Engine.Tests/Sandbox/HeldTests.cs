using System.Net;
using System.Net.Sockets;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>What no boxed command can do, tried by real commands.</summary>
public sealed class HeldTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    public static TheoryData<string> Kinds { get; } = ["bubblewrap", "landlock"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Secrets_OfTheHome_CannotBeRead(string kind)
    {
        File.CreateSymbolicLink(Path.Combine(box.Work, $"planted-{kind}"), Path.Combine(box.Home, ".ssh/id_ed25519"));

        var result = await box.RunAsync(kind, $"""
            cat {box.Home}/.ssh/id_ed25519 ~/.aws/credentials ~/.npmrc ~/.cargo/credentials.toml planted-{kind}
            ln -s ~/.ssh/id_ed25519 made; cat made; rm -f made
            ln ~/.ssh/id_ed25519 hard; cat hard
            cat /proc/1/root{box.Home}/.ssh/id_ed25519
            for process in /proc/[0-9]*; do cat $process/root{box.Home}/.ssh/id_ed25519 $process/cwd/../home/.ssh/id_ed25519; done
            echo done
            """);

        Assert.EndsWith("done\n", result.Output);
        Assert.DoesNotContain(BoxFixture.Key, result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Secrets_OfTheSystem_CannotBeRead(string kind)
    {
        var result = await box.RunAsync(kind, "cat /etc/shadow /etc/ssh/ssh_host_*_key 2>/dev/null | wc -c; ls /run/docker.sock /var/run/docker.sock 2>/dev/null; ls -A /var/backups 2>/dev/null; ls -A /root 2>/dev/null | wc -l");

        Assert.Equal("0\n0\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hidden_FilesAndFoldersOfTheCommand_CannotBeRead(string kind)
    {
        var (env, journal) = (Path.Combine(box.Root, "journal.jsonl"), box.Folder("other-workspace"));
        File.WriteAllText(env, BoxFixture.Key);
        File.WriteAllText(Path.Combine(journal, "file"), BoxFixture.Key);

        var result = await box.RunAsync(kind, $"cat {env} {journal}/file; echo done", command => command with { Hidden = [env, journal] });

        Assert.EndsWith("done\n", result.Output);
        Assert.DoesNotContain(BoxFixture.Key, result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Files_Outside_CannotBeWritten(string kind)
    {
        var outside = box.Folder("outside");
        File.WriteAllText(Path.Combine(outside, "file"), "theirs");
        File.CreateSymbolicLink(Path.Combine(box.Work, $"way-out-{kind}"), outside);

        await box.RunAsync(kind, $"echo mine >{outside}/file; echo mine >way-out-{kind}/new; echo mine >>~/.bashrc; rm -rf {outside}; mkdir /planlane-new; echo x >/etc/planlane-new; echo x >/usr/planlane-new; echo '|/bin/true' >/proc/sys/kernel/core_pattern");

        Assert.Equal([Path.Combine(outside, "file")], Directory.GetFiles(outside));
        Assert.Equal("theirs", File.ReadAllText(Path.Combine(outside, "file")));
        Assert.False(File.Exists(Path.Combine(box.Home, ".bashrc")) || Path.Exists("/planlane-new") || Path.Exists("/etc/planlane-new") || Path.Exists("/usr/planlane-new"));
        Assert.DoesNotContain("/bin/true", File.ReadAllText("/proc/sys/kernel/core_pattern"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Network_Closed_ReachesNothing(string kind)
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using var named = Listen(new UnixDomainSocketEndPoint(Path.Combine(box.Root, $"{kind}.sock")));
        using var unnamed = Listen(new UnixDomainSocketEndPoint($"\0planlane-{kind}-{Environment.ProcessId}"));

        var result = await box.RunAsync(kind, $$"""
            python3 - <<'END'
            import socket
            def attempt(name, family, address):
                try:
                    socket.socket(family).connect(address)
                    print(name, "reached")
                except OSError:
                    print(name, "refused")
            attempt("tcp", socket.AF_INET, ("127.0.0.1", {{((IPEndPoint)tcp.LocalEndpoint).Port}}))
            attempt("abstract", socket.AF_UNIX, "\0planlane-{{kind}}-{{Environment.ProcessId}}")
            attempt("outside", socket.AF_INET, ("192.0.2.1", 80))
            END
            """);

        Assert.Equal("tcp refused\nabstract refused\noutside refused\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Privileges_NewOnes_AreRefused(string kind)
    {
        var result = await box.RunAsync(kind, """
            unshare --user true && echo user namespace
            unshare --net true && echo network namespace
            unshare --mount true && echo mount namespace
            mount -t tmpfs tmpfs /mnt && echo mounted
            mount -o remount,rw / && echo remounted
            mknod device b 8 0 && echo device
            chroot / true && echo chroot
            setpriv --reuid 1 true && echo other user
            nsenter --target 1 --mount true && echo entered
            python3 -c 'import ctypes,os; c=ctypes.CDLL(None,use_errno=True); print(c.syscall(250,0,-3,1), c.ptrace(16,1,0,0))'
            echo done
            """);

        Assert.DoesNotMatch("(?m)^(user namespace|network namespace|mount namespace|mounted|remounted|device|chroot|other user|entered)$", result.Output);
        Assert.EndsWith("-1 -1\ndone\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Processes_Outside_CannotBeReached(string kind)
    {
        using var outside = System.Diagnostics.Process.Start("/bin/sleep", "60");

        var result = await box.RunAsync(kind, $"kill -9 {outside.Id} && echo killed; cat /proc/{Environment.ProcessId}/environ >/dev/null 2>&1 && echo seen; kill -9 -1; echo done");

        Assert.DoesNotContain("killed", result.Output);
        Assert.DoesNotContain("seen", result.Output);
        Assert.False(outside.HasExited);
        outside.Kill();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Daemon_LeftBehind_IsGone(string kind)
    {
        var beat = Path.Combine(box.Work, $"beat-{kind}");

        var result = await box.RunAsync(kind, $"(setsid sh -c 'while :; do date +%N >{beat}; done' >/dev/null 2>&1 &) ; until [ -s {beat} ]; do :; done");

        Assert.Equal((CommandEnd.Exited, 0), (result.End, result.ExitCode));
        File.Delete(beat);
        // Everything that ran could have written by the time that a process has come and gone.
        await box.RunAsync(kind, "true");
        Assert.False(File.Exists(beat));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Descriptors_OfTheHost_AreNotInherited(string kind)
    {
        var result = await box.RunAsync(kind, "ls -l /proc/self/fd | grep -v /proc/ | grep -c -- '->'");

        Assert.Equal("3\n", result.Output);
    }

    private static Socket Listen(EndPoint at)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(at);
        socket.Listen();
        return socket;
    }
}
