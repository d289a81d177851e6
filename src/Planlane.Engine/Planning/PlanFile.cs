using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>A plan that was saved, or written by hand or another program, to be read, edited, compared and run.</summary>
/// <param name="Request">What the plan is for.</param>
/// <param name="BaseCommit">The commit that it was made for, of which another HEAD makes it stale; null when it is for whatever HEAD is.</param>
/// <param name="Plan">The plan.</param>
public sealed record PlanFile(RunRequest Request, ObjectId? BaseCommit, Plan Plan)
{
    /// <summary>The file as the user names it in a command.</summary>
    public string Name { get; init; } = "plan.json";

    /// <summary>The JSON schema of the file.</summary>
    public static string Schema => Prompts.Read("Planning/planfile.schema.json");

    /// <summary>Names the content of the plan, whatever the file's layout and what it leaves to defaults: the first 16 hexadecimal digits of the SHA-256 of its document.</summary>
    public string Hash => HashOf(Plan);

    /// <summary>Names the content of a plan.</summary>
    public static string HashOf(Plan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlanDocument.Write(plan))))[..16];

    /// <summary>Reads a plan.</summary>
    /// <exception cref="PlanlaneException">There is none, or it has problems, each of which is told with its place; kind <see cref="FaultKind.Usage"/>.</exception>
    public static async Task<PlanFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var reading = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return reading.File is { } file ? file with { Name = path } : throw new PlanlaneException(
            FaultKind.Usage,
            $"'{path}' is not a plan that can be run:\n{string.Join('\n', reading.Problems.Select(problem => $"{path}:{problem}"))}",
            "Mend these places; docs/guide/plans.md has the members. Or make a plan with: planlane plan \"REQUEST\" -o plan.json");
    }

    /// <summary>Reads a file, whatever it holds.</summary>
    /// <exception cref="PlanlaneException">It cannot be read; kind <see cref="FaultKind.Usage"/>.</exception>
    public static async Task<PlanReading> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return PlanReading.Of(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The plan cannot be read: {exception.Message}", "Name a file that 'planlane plan -o' wrote.", exception);
        }
    }

    /// <summary>Saves the plan; a file that is there is replaced as a whole.</summary>
    /// <exception cref="PlanlaneException">It cannot be written.</exception>
    public Task WriteAsync(string path, CancellationToken cancellationToken) => ReplaceAsync(path, Write(), cancellationToken);

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        var file = new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["goal"] = Request.Goal,
                ["constraints"] = JsonSerializer.SerializeToNode(Request.Constraints, PlanDocument.Options),
                ["splitHints"] = JsonSerializer.SerializeToNode(Request.SplitHints, PlanDocument.Options),
            },
        };
        if (Request.Agents is { } agents)
            file["request"]!["agents"] = agents;
        if (Request.After is { } after)
            file["request"]!["after"] = after.Value;
        if (BaseCommit is { } commit)
            file["baseCommit"] = commit.Value;
        file["plan"] = PlanDocument.ToJson(Plan);
        return file.ToJsonString(PlanDocument.Options) + "\n";
    }

    /// <summary>Gives a file another base and leaves all else in it as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">What was read from it.</param>
    /// <param name="commit">The new base.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the file names no base, so that there is nothing to change.</returns>
    /// <exception cref="PlanlaneException">It cannot be written.</exception>
    public static async Task<bool> RebaseAsync(string path, PlanReading reading, ObjectId commit, CancellationToken cancellationToken)
    {
        if (reading.Rebased(commit) is not { } text)
            return false;
        await ReplaceAsync(path, text, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            var part = path + ".part";
            await File.WriteAllTextAsync(part, text, cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The plan cannot be saved: {exception.Message}", "Name another file with -o.", exception);
        }
    }
}
