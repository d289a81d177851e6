using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Planlane.Journal;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>A plan that was saved to be read, edited, compared and run later.</summary>
/// <param name="Request">What the plan is for.</param>
/// <param name="BaseCommit">The commit that it was made for; another HEAD makes it stale.</param>
/// <param name="Plan">The plan.</param>
public sealed record PlanFile(RunRequest Request, ObjectId BaseCommit, Plan Plan)
{
    /// <summary>Names the content of the plan: the first 16 hexadecimal digits of the SHA-256 of its document.</summary>
    public string Hash => HashOf(Plan);

    /// <summary>Names the content of a plan.</summary>
    public static string HashOf(Plan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlanDocument.Write(plan))))[..16];

    /// <summary>Reads a saved plan.</summary>
    /// <exception cref="PlanlaneException">There is none, or it is not one; kind <see cref="FaultKind.Usage"/>.</exception>
    public static async Task<PlanFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
            var root = document.RootElement;
            return new PlanFile(
                RequestOf(root.GetProperty("request")),
                CommitOf(root.GetProperty("baseCommit").GetString()),
                PlanDocument.Parse(root.GetProperty("plan").GetRawText()));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"'{path}' is not a saved plan: {exception.Message}", "Make one with: planlane plan \"REQUEST\" -o plan.json", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Usage, $"The plan cannot be read: {exception.Message}", "Name a file that 'planlane plan -o' wrote.", exception);
        }
    }

    private static RunRequest RequestOf(JsonElement json) => json.Deserialize<RunRequest>(EventJson.Options) is { Goal: not null, Constraints: not null, SplitHints: not null } request
        ? request
        : throw new JsonException("'request' needs a goal, constraints and splitHints.");

    private static ObjectId CommitOf(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower) ? new ObjectId(text) : throw new JsonException("'baseCommit' is no commit id.");

    /// <summary>Saves the plan; a file that is there is replaced as a whole.</summary>
    /// <exception cref="PlanlaneException">It cannot be written.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("{\n  \"request\": ").Append(JsonSerializer.Serialize(Request, EventJson.Options))
            .Append(",\n  \"baseCommit\": ").Append(JsonSerializer.Serialize(BaseCommit.Value, EventJson.Options))
            .Append(",\n  \"plan\": ").Append(PlanDocument.Write(Plan).ReplaceLineEndings("\n  ")).Append("\n}\n");
        try
        {
            var part = path + ".part";
            await File.WriteAllTextAsync(part, text.ToString(), cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The plan cannot be saved: {exception.Message}", "Name another file with -o.", exception);
        }
    }
}
