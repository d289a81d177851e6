using Checkout.Payments;

namespace Checkout.Tests.Payments;

internal sealed class ScriptedGateway : IPaymentGateway
{
    private int _calls;

    /// <summary>What the gateway answers; a faulted task is thrown.</summary>
    public Task<bool> Answer { get; set; } = Task.FromResult(true);

    public int Calls => _calls;

    public Task<bool> ChargeAsync(IdempotencyKey key, CardToken card, Money amount, CancellationToken cancellationToken) => AnswerCall();

    public Task<bool> RefundAsync(IdempotencyKey key, PaymentId payment, Money amount, CancellationToken cancellationToken) => AnswerCall();

    private Task<bool> AnswerCall()
    {
        Interlocked.Increment(ref _calls);
        return Answer;
    }
}
