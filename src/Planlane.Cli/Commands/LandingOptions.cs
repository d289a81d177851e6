using System.CommandLine;
using Planlane.Cli.Settings;
using Planlane.Commits;

namespace Planlane.Cli.Commands;

/// <summary>The options that say how approved work lands.</summary>
internal sealed class LandingOptions
{
    private readonly Option<string?> _branch = new("--branch") { Description = "Commit to a new branch; HEAD and your files stay as they are", HelpName = "NAME" };
    private readonly Option<bool> _squash = new("--squash") { Description = "Make one commit of all of it" };
    private readonly Option<bool> _staged = new("--no-commit") { Description = "Leave the changes staged, and make no commit" };
    private readonly Option<string?> _onto = new("--onto") { Description = "Put the work on this branch, or with --branch on this commit, before it is reviewed", HelpName = "COMMIT" };
    private readonly Option<bool> _hooks = new("--no-verify") { Description = "Pass by the hooks pre-commit and commit-msg" };

    /// <summary>Adds them.</summary>
    public void AddTo(Command command)
    {
        // The program's own help has to fit on a screen.
        if (command is RootCommand)
        {
            _branch.Description = "Commit to a new branch; also --onto BRANCH, --squash, --no-commit, --no-verify";
            (_squash.Hidden, _staged.Hidden, _onto.Hidden, _hooks.Hidden) = (true, true, true, true);
        }

        Option[] all = [_branch, _onto, _squash, _staged, _hooks];
        foreach (var option in all)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_staged))
                return;
            foreach (var other in new Option[] { _squash, _branch, _onto }.Where(other => result.GetResult(other) is { Implicit: false }))
                result.AddError($"--no-commit and {other.Name} contradict each other: no commit is made, and what is staged goes on what is checked out.");
        });
    }

    /// <summary>What the flags say.</summary>
    public LandingLayer Read(ParseResult parsed) => new()
    {
        Branch = parsed.GetValue(_branch),
        Onto = parsed.GetValue(_onto),
        Form = parsed.GetValue(_staged) ? LandingForm.Staged : parsed.GetValue(_squash) ? LandingForm.Squashed : null,
        SkipsHooks = parsed.GetValue(_hooks) ? true : null,
    };
}
