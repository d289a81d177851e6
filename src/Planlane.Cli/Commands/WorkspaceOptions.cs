using System.CommandLine;
using Planlane.Cli.Settings;

namespace Planlane.Cli.Commands;

/// <summary>The options that loosen how the commands of agents and checks are held.</summary>
internal sealed class WorkspaceOptions
{
    private readonly Option<string[]> _hosts = new("--allow-host")
    {
        Description = "Let commands reach this host, such as registry.npmjs.org; may be given several times",
        HelpName = "HOST",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _network = new("--allow-network") { Description = "Let commands use the whole network" };
    private readonly Option<bool> _open = new("--no-sandbox") { Description = "Run commands with your own rights" };

    public WorkspaceOptions() => _hosts.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => NetworkSetting.HostOf(token.Value) is null))
            result.AddError($"--allow-host is '{token.Value}'. {NetworkSetting.HostRule}");
    });

    public void AddTo(Command command)
    {
        // The program's own help has to fit on a screen, and names it beside the hosts.
        if (command is RootCommand)
        {
            _hosts.Description = "Let commands reach this host, such as registry.npmjs.org; or --allow-network for all";
            _network.Hidden = true;
        }

        Option[] all = [_hosts, _network, _open];
        foreach (var option in all)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_hosts) is null)
                return;
            if (result.GetValue(_network))
                result.AddError("--allow-network and --allow-host contradict each other: the whole network, or some hosts.");
            if (result.GetValue(_open))
                result.AddError("--no-sandbox and --allow-host contradict each other: without a sandbox nothing keeps commands from other hosts.");
        });
    }

    /// <summary>What the flags say.</summary>
    public WorkspaceSettings Read(ParseResult parsed) => new()
    {
        Network = parsed.GetValue(_network) ? NetworkSetting.Open
            : parsed.GetValue(_hosts) is { Length: > 0 } hosts ? NetworkSetting.Only(hosts.Select(NetworkSetting.HostOf).OfType<string>())
            : null,
        IsSandboxed = parsed.GetValue(_open) ? false : null,
    };
}
