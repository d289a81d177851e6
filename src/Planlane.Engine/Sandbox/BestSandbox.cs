using Planlane.Sandbox.Linux;

namespace Planlane.Sandbox;

/// <summary>The best sandbox that this machine has, found by trying when it is first needed: bubblewrap, else Landlock; <c>sandbox-exec</c>; a job object; else none.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class BestSandbox : ISandbox
{
    // What a machine has does not change while a process lives.
    private static readonly Lazy<Task<ISandbox>> OfUser = Search(BoxHost.Current);

    private readonly Lazy<Task<ISandbox>> _found;

    /// <summary>For the user of this process.</summary>
    public BestSandbox() => _found = OfUser;

    /// <summary>For a host of one's own, such as one that names a program for named hosts; found anew for each instance.</summary>
    public BestSandbox(BoxHost host) => _found = Search(() => host);

    /// <inheritdoc />
    /// <remarks>The first call waits until everything has been tried, some tenths of a second.</remarks>
    public SandboxFacts Facts => _found.Value.GetAwaiter().GetResult().Facts;

    /// <summary>Tries what there is.</summary>
    /// <param name="time">Measures commands.</param>
    /// <param name="host">The user.</param>
    public static async Task<ISandbox> FindAsync(TimeProvider time, BoxHost host)
    {
        if (OperatingSystem.IsMacOS() && MacOs.SeatbeltSandbox.Find(time, host) is { } seatbelt)
            return seatbelt;
        if (OperatingSystem.IsWindows())
            return new Windows.JobObjectSandbox(time, host);
        if (!OperatingSystem.IsLinux())
            return new OpenSandbox(time) { Facts = OpenSandbox.Nothing with { Lack = "There is no sandbox for this system." } };
        var (bubblewrap, lack) = await BubblewrapSandbox.FindAsync(time, host).ConfigureAwait(false);
        if (bubblewrap is not null)
            return bubblewrap;
        return await LandlockSandbox.FindAsync(time, host).ConfigureAwait(false) is { } landlock
            ? new LackingSandbox(landlock, lack!)
            : new OpenSandbox(time) { Facts = OpenSandbox.Nothing with { Lack = $"{lack} Landlock is not there either." } };
    }

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken) =>
        await (await _found.Value.ConfigureAwait(false)).RunAsync(command, cancellationToken).ConfigureAwait(false);

    private static Lazy<Task<ISandbox>> Search(Func<BoxHost> host) => new(() => Task.Run(() => FindAsync(TimeProvider.System, host())));

    private sealed class LackingSandbox(ISandbox inner, string lack) : ISandbox
    {
        public SandboxFacts Facts { get; } = inner.Facts with { Lack = lack };

        public Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken) => inner.RunAsync(command, cancellationToken);
    }
}
