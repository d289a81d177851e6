using System.Buffers.Binary;
using Planlane.Sandbox.Linux;
using Planlane.Sandbox.MacOs;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>What is computed before anything is started.</summary>
public sealed class SandboxTextTests
{
    private const uint Allow = 0x7FFF0000;
    private const uint NotPermitted = 0x00050001;
    private const uint NoSuchCall = 0x00050026;

    [Theory]
    [InlineData("GITHUB_TOKEN", "x", true)]
    [InlineData("MY_API_KEY", "x", true)]
    [InlineData("HARMLESS", "sk-ant-x", true)]
    [InlineData("PIP_INDEX_URL", "https://me:word@example.org/simple", true)]
    [InlineData("GOPROXY", "https://proxy.example.org/a@b", false)]
    [InlineData("DOTNET_ROOT", "/usr/share/dotnet", false)]
    public void SecretNames_ByNameAndValue_AreTold(string name, string value, bool isSecret) => Assert.Equal(isSecret, SecretNames.Matches(name, value));

    [Fact]
    public void SeatbeltProfile_OfACommand_DeniesFirstAndMasksLast()
    {
        var profile = SeatbeltProfile.Of(new BoxHost("/Users", new Dictionary<string, string>()), new BoxedCommand("make", "/work \"quoted\"", "/temp", TimeSpan.FromMinutes(1)) { Hidden = ["/work \"quoted\"/.env"] });

        Assert.StartsWith("(version 1)\n(allow default)\n(deny file-write*)\n", profile);
        Assert.Contains("(allow file-read* file-write*\n  (subpath \"/work \\\"quoted\\\"\")\n  (subpath \"/temp\"))\n", profile);
        Assert.True(profile.IndexOf("/.env", StringComparison.Ordinal) > profile.IndexOf("\"/temp\"", StringComparison.Ordinal));
        Assert.Contains("(deny network*)\n", profile);
        Assert.Equal(profile.Count(letter => letter == '('), profile.Count(letter => letter == ')'));
    }

    [Fact]
    public void SeatbeltProfile_OpenNetwork_DoesNotDenyIt() => Assert.DoesNotContain(
        "deny network", SeatbeltProfile.Of(new BoxHost("/Users", new Dictionary<string, string>()), new BoxedCommand("make", "/work", "/temp", TimeSpan.FromMinutes(1)) { Network = NetworkAccess.Open }));

    [Fact]
    public void SeatbeltProfile_NamedHosts_OpensThePortOfTheProxyAlone()
    {
        var command = new BoxedCommand("make", "/work", "/temp", TimeSpan.FromMinutes(1)) { Network = NetworkAccess.Hosts, Hosts = ["a.org"] };

        Assert.EndsWith("(deny network*)\n(allow network-outbound (remote ip \"localhost:8100\"))\n", SeatbeltProfile.Of(new BoxHost("/Users", new Dictionary<string, string>()), command, proxy: 8100));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SeccompFilter_Calls_AreAnsweredByNumberAndArgument(bool isX64)
    {
        var calls = isX64 ? Syscalls.X64 : Syscalls.Arm64;
        var filter = SeccompFilter.Of(calls, refuseSockets: false);

        Assert.All(calls.Refused, number => Assert.Equal(NotPermitted, Run(filter, calls.AuditArchitecture, number)));
        Assert.Equal(NoSuchCall, Run(filter, calls.AuditArchitecture, Syscalls.Clone3));
        Assert.Equal(NotPermitted, Run(filter, calls.AuditArchitecture, calls.NewProcess, 0x10000000 | 17));
        Assert.Equal(Allow, Run(filter, calls.AuditArchitecture, calls.NewProcess, 0x003D0F00));
        Assert.Equal(NotPermitted, Run(filter, calls.AuditArchitecture, calls.Unshare, 0x80));
        Assert.Equal(Allow, Run(filter, calls.AuditArchitecture, calls.Unshare, 0x400));
        Assert.Equal(NotPermitted, Run(filter, calls.AuditArchitecture, calls.Ioctl, 0, 0x5412));
        Assert.Equal(NotPermitted, Run(filter, calls.AuditArchitecture, calls.Ioctl, 0, 0x541C));
        Assert.Equal(Allow, Run(filter, calls.AuditArchitecture, calls.Ioctl, 0, 0x5401));
        Assert.Equal(Allow, Run(filter, calls.AuditArchitecture, calls.Socket));
        Assert.Equal(NotPermitted, Run(SeccompFilter.Of(calls, refuseSockets: true), calls.AuditArchitecture, calls.Socket));
        Assert.Equal(NotPermitted, Run(filter, 0x40000003, calls.Socket));
        Assert.Equal(NoSuchCall, Run(filter, calls.AuditArchitecture, 0x40000001));
    }

    // A reading of the few instructions that the kernel would run.
    private static uint Run(byte[] filter, uint architecture, uint number, uint first = 0, uint second = 0)
    {
        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var line = filter.AsSpan(at * 8, 8);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(line[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(line))
            {
                case 0x20:
                    accumulator = value switch { 0 => number, 4 => architecture, 16 => first, 24 => second, _ => throw new InvalidOperationException($"A load at {value}.") };
                    break;
                case 0x15:
                    at += accumulator == value ? line[2] : line[3];
                    break;
                case 0x35:
                    at += accumulator >= value ? line[2] : line[3];
                    break;
                case 0x45:
                    at += (accumulator & value) != 0 ? line[2] : line[3];
                    break;
                case 0x06:
                    return value;
                default:
                    throw new InvalidOperationException("An unknown instruction.");
            }
        }
    }
}
