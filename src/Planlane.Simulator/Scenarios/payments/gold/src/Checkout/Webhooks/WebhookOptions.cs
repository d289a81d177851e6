using System.Collections.Immutable;

namespace Checkout.Webhooks;

/// <param name="Secrets">More than one while a secret is being rotated.</param>
/// <param name="Tolerance">How far the sender's clock may be from ours, either way.</param>
public sealed record WebhookOptions(ImmutableArray<ImmutableArray<byte>> Secrets, TimeSpan Tolerance);
