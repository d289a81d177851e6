using System.Globalization;
using System.Text;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Writes commit objects of one author at one time, each signed when the user's settings say so.</summary>
internal sealed class CommitWriter
{
    private readonly GitRepository _repository;
    private readonly LooseObjects _loose;
    private readonly List<ObjectId> _unflushed = [];
    private readonly string _date;
    private readonly bool _signs;
    private readonly string _author;
    private readonly string _committer;

    private CommitWriter(GitRepository repository, string date, bool signs, string author, string committer) =>
        (_repository, _loose, _date, _signs, _author, _committer) = (repository, new LooseObjects(repository), date, signs, author, committer);

    /// <summary>Name, address and time of the author, as a commit has them.</summary>
    public string Author => _author;

    /// <summary>Reads who commits, and whether commits are signed.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="at">The time of author and committer.</param>
    /// <param name="signs">Whether to sign; null to do as <c>commit.gpgsign</c> says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CommitWriter> OpenAsync(GitRepository repository, DateTimeOffset at, bool? signs, CancellationToken cancellationToken)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()} {(at.Offset < TimeSpan.Zero ? '-' : '+')}{at.Offset:hhmm}");
        Task<string> Who(string variable) => repository.Cli.TextAsync(new GitCall("var", variable) { Variables = Dates(date) }, cancellationToken);
        var setting = repository.Cli.RunAsync(new GitCall("config", "--type=bool", "--get", "commit.gpgsign") { Accepted = [0, 1] }, cancellationToken);
        var (author, committer) = (Who("GIT_AUTHOR_IDENT"), Who("GIT_COMMITTER_IDENT"));
        await Task.WhenAll(setting, author, committer).ConfigureAwait(false);
        return new CommitWriter(repository, date, signs ?? (await setting.ConfigureAwait(false)).Text == "true", await author.ConfigureAwait(false), await committer.ConfigureAwait(false));
    }

    /// <summary>Writes a commit; it survives a crash of the machine when <see cref="FlushAsync"/> has returned.</summary>
    /// <exception cref="GitException">Git refused it, or it could not be signed.</exception>
    public async Task<ObjectId> WriteAsync(ObjectId tree, ObjectId parent, string message, CancellationToken cancellationToken)
    {
        if (!_signs && _repository.IsPlain && !OperatingSystem.IsWindows())
        {
            var text = Encoding.UTF8.GetBytes($"tree {tree}\nparent {parent}\nauthor {_author}\ncommitter {_committer}\n\n{message}");
            _unflushed.Add(_loose.Write("commit", text));
            return _unflushed[^1];
        }

        string[] signing = _signs ? ["-S"] : [];
        var call = new GitCall(["commit-tree", tree.Value, "-p", parent.Value, .. signing, "-F", "-"]) { Input = Encoding.UTF8.GetBytes(message), Variables = Dates(_date) };
        return new ObjectId(await _repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Brings what was written to the disk, all together: one after another each would wait for it.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _loose.FlushAsync(_unflushed, cancellationToken).ConfigureAwait(false);
        _unflushed.Clear();
    }

    private static ValueList<(string, string)> Dates(string date) => [("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)];
}
