namespace Checkout.Webhooks;

public enum WebhookVerdict
{
    Genuine,
    Malformed,
    Forged,
    Stale,
}
