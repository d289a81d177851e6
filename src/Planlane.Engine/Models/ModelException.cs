using Planlane.Budgets;
using Planlane.Runs;

namespace Planlane.Models;

/// <summary>A model did not answer. Its message and hint never hold a key.</summary>
public sealed class ModelException : PlanlaneException
{
    /// <summary>Makes a fault.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="message">What happened; one or two sentences.</param>
    /// <param name="cause">The exception below it.</param>
    public ModelException(ModelFault fault, string message, Exception? cause = null)
        : base(KindOf(fault), message, HintOf(fault), cause) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public ModelFault Fault { get; }

    /// <summary>How long the vendor asks to wait, or null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it was refused only because too many calls are open at once, which says nothing of what the others may send.</summary>
    public bool IsOfCallsAtOnce { get; init; }

    /// <summary>What the vendor's support asks for; empty when unknown.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Tokens that were reported before it failed: probably billed.</summary>
    public Usage Usage { get; init; }

    /// <summary>Whether no other request of the run would fare better, so that the run stops and is resumed later.</summary>
    public bool EndsRun => RetryRules.Default.RuleOf(Fault).EndsRun;

    /// <summary>The same fault for a request that was not sent because of it.</summary>
    internal ModelException ForOthers() => new(Fault, Message, this) { RetryAfter = RetryAfter, RequestId = RequestId, WasNotSent = true };

    /// <summary>Whether the request was not sent, because another one had met this fault.</summary>
    internal bool WasNotSent { get; private init; }

    /// <summary>The same fault after several tries.</summary>
    /// <param name="tries">How often the request was sent.</param>
    /// <param name="usage">The tokens that all the tries reported.</param>
    internal ModelException After(int tries, Usage usage) => new(Fault, tries > 1 ? $"{Message} ({tries} tries)" : Message, this)
    {
        RetryAfter = RetryAfter,
        RequestId = RequestId,
        Usage = usage,
    };

    private static FaultKind KindOf(ModelFault fault) => fault switch
    {
        ModelFault.Authentication or ModelFault.Permission or ModelFault.NotFound => FaultKind.Usage,
        _ => FaultKind.Failed,
    };

    private static string HintOf(ModelFault fault) => fault switch
    {
        ModelFault.Authentication => "Check ANTHROPIC_API_KEY (or ANTHROPIC_AUTH_TOKEN).",
        ModelFault.Permission => "Use a key that may call this model, or name another model.",
        ModelFault.Billing => "Check the billing of the account behind the key.",
        ModelFault.SpendLimit => "Raise the spending limit in the vendor's console, or go on when it is reset.",
        ModelFault.RateLimited => "Go on later, or run fewer agents at once.",
        ModelFault.Overloaded or ModelFault.ServerError => "Go on in a few minutes; what is done is kept.",
        ModelFault.BadRequest => "Check that the model takes what was asked of it; the vendor's words say what it refused.",
        ModelFault.NotFound => "Check the model's id and ANTHROPIC_BASE_URL.",
        ModelFault.TooLarge => "Let the task read fewer or smaller files.",
        ModelFault.Gateway => "Something between here and the vendor answered: check the proxy and ANTHROPIC_BASE_URL, then go on.",
        ModelFault.UnknownHost => "Check the network, its name server and ANTHROPIC_BASE_URL, then go on.",
        ModelFault.InsecureConnection => "Check the clock and the certificates of this machine and what proxy stands between, then go on.",
        _ => "Check the network and ANTHROPIC_BASE_URL, then go on.",
    };
}
