using System.Text;
using Planlane.Planning;

namespace Planlane.Trials.Fuzzing;

/// <summary>Feeds the readers of plans with broken documents: whatever comes, the answer is a plan or problems with a place, and what was taken can be written and read again.</summary>
/// <param name="seeds">The documents that are broken.</param>
internal sealed class PlanFuzz(IReadOnlyList<string> seeds)
{
    private const int MostMutations = 6;
    private const int MostDepth = 5;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "null", "true", "0", "-1", "1e999", "3.5", "99999999999", "\"x\"", "\\ud83d", "\\u0000", "\u202e", "\ufffd", "é", "🙂",
        "\"version\": 3", "\"plan\": ", "\"tasks\": [", "\"owns\"", "\"ownz\": [],", "\"$schema\": \"x\",", "\"model\": \"m\",", "/* */", "// x\n", "```json\n", "\n```", "~1", "/", "**",
    ];

    private static readonly string[] Names = ["version", "suitability", "tasks", "id", "owns", "brief", "plan", "request", "goal", "baseCommit", "estimate", "minutes", "outputTokens", "conventions", "check", "x", ""];

    /// <summary>What is wrong with the answer to the case of a seed, or null when nothing is.</summary>
    public string? FailureOf(int seed)
    {
        var random = new Random(seed);
        var text = random.Next(5) == 0 ? RandomJson(random, 0) : Mutated(seeds[random.Next(seeds.Count)], random);
        try
        {
            return FailureOf(text) is { } failure ? $"{failure}\n{text}" : null;
        }
        catch (Exception exception)
        {
            return $"{exception}\n{text}";
        }
    }

    private static string? FailureOf(string text)
    {
        var (plan, problems) = PlanDocument.ReadAnswer(text);
        if (plan is null == (problems.Count == 0) || problems.Any(problem => problem.Rule.Length == 0 || problem.Message.Length == 0))
            return "A planner's answer is neither a plan nor problems.";

        var reading = PlanReading.Of(text);
        var lines = text.Count(letter => letter == '\n') + 1;
        if (reading.File is null == (reading.Problems.Count == 0) || reading.Problems.Any(problem => problem.Line < 1 || problem.Line > lines || problem.Column < 1 || problem.Message.Length == 0))
            return "A file is neither a plan nor problems with a place.";
        if (reading.File is not { } file)
            return null;
        if (PlanReading.Of(file.Write()).File != file)
            return "A saved plan is not read back as it was.";
        return PlanReading.Of(PlanDocument.Write(file.Plan)).File?.Hash == file.Hash ? null : "A document has another hash when it is read back.";
    }

    private static string Mutated(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var i = random.Next(MostMutations); i >= 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(text.Length - at, random.Next(1, 1 << random.Next(8)));
            switch (random.Next(5))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 2: text.Insert(random.Next(text.Length + 1), text.ToString(at, length)); break;
                case 3: text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                default: text.Length = random.Next(8) == 0 ? at : text.Length; break;
            }
        }

        return text.ToString();
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth < MostDepth ? 9 : 6) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => $"{random.Next(-3, 4)}",
        3 => "1.5e2",
        4 => "\"text\"",
        5 => "\"src/a.cs\"",
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{RandomJson(random, depth + 1)}"))}}}",
    };
}
