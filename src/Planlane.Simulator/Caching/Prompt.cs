using System.Security.Cryptography;
using System.Text;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Simulator.Caching;

/// <summary>A prompt as the cache sees it: blocks in rendered order (tools, system, messages), each with the key of all that stands up to it.</summary>
/// <remarks>Immutable and thread-safe. Two prompts share the key of a block exactly if workspace, model and all blocks up to it are equal.</remarks>
public sealed class Prompt
{
    private readonly string[] _keys;
    private readonly int[] _tokens;

    /// <summary>Makes a prompt.</summary>
    /// <param name="model">The model that reads it; caches are per model.</param>
    /// <param name="minimumTokens">The shortest prefix that the model's cache takes, in tokens.</param>
    /// <param name="blocks">The blocks in rendered order.</param>
    /// <param name="workspace">Who asks; caches are per workspace too. Empty for the one that all keys belong to otherwise.</param>
    public Prompt(ModelId model, int minimumTokens, IReadOnlyList<PromptBlock> blocks, string workspace = "")
    {
        MinimumTokens = minimumTokens;
        Blocks = blocks;
        _keys = new string[blocks.Count];
        _tokens = new int[blocks.Count];
        var key = Hash(workspace.Length == 0 ? model.Value : $"{model.Value}\n{workspace}");
        var bytes = 0L;
        for (var at = 0; at < blocks.Count; at++)
        {
            key = Hash($"{key}\n{blocks[at].Part}\n{blocks[at].Content}");
            bytes += blocks[at].Bytes;
            _keys[at] = key;
            _tokens[at] = TokenCount.OfBytes(bytes);
        }

        Key = key;
    }

    /// <summary>The shortest prefix that is cached, in tokens; shorter ones are silently not.</summary>
    public int MinimumTokens { get; }

    /// <summary>The blocks in rendered order.</summary>
    public IReadOnlyList<PromptBlock> Blocks { get; }

    /// <summary>The key of the whole prompt, in hexadecimal digits.</summary>
    public string Key { get; }

    /// <summary>The key of the part up to the first breakpoint; null when there is none.</summary>
    public string? PrefixKey => Blocks.Index().FirstOrDefault(block => block.Item.Breakpoint is not null, (-1, null!)).Index is var at and >= 0 ? _keys[at] : null;

    /// <summary>The tokens of the whole prompt.</summary>
    public int Tokens => _tokens.Length == 0 ? 0 : _tokens[^1];

    /// <summary>The key of everything up to and with a block.</summary>
    public string KeyThrough(int block) => _keys[block];

    /// <summary>The tokens of everything up to and with a block; 0 for -1.</summary>
    public int TokensThrough(int block) => block < 0 ? 0 : _tokens[block];

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
