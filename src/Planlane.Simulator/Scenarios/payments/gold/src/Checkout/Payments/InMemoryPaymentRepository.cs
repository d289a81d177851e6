using System.Collections.Concurrent;

namespace Checkout.Payments;

public sealed class InMemoryPaymentRepository : IPaymentRepository
{
    private readonly ConcurrentDictionary<PaymentId, Payment> _payments = new();

    public Payment? Find(PaymentId id) => _payments.GetValueOrDefault(id);

    public void Add(Payment payment)
    {
        if (!_payments.TryAdd(payment.Id, payment))
            throw new InvalidOperationException($"Payment {payment.Id.Value} exists already.");
    }

    public bool TryReplace(Payment current, Payment next) => _payments.TryUpdate(current.Id, next, current);
}
