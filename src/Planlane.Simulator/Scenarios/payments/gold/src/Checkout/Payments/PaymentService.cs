using Checkout.Orders;

namespace Checkout.Payments;

public sealed class PaymentService(
    IOrderRepository orders,
    IPaymentRepository payments,
    IPaymentGateway gateway,
    ILedger ledger,
    IIdempotencyStore idempotency)
{
    public Task<PaymentResult> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
        idempotency.OnceAsync(request.Key, request, token => ChargeOnceAsync(request, token), cancellationToken);

    public Task<PaymentResult> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        idempotency.OnceAsync(request.Key, request, token => RefundOnceAsync(request, token), cancellationToken);

    private async Task<PaymentResult> ChargeOnceAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        if (orders.Find(request.Order) is not { } order)
            return Refused(PaymentRefusal.OrderNotFound);

        if (order.Status is not OrderStatus.Placed)
            return Refused(PaymentRefusal.OrderNotPayable);

        // Whoever moves the order to PaymentPending first may charge the card; everybody else is refused.
        var pending = order.BeginPayment();
        if (!orders.TryReplace(order, pending))
            return Refused(PaymentRefusal.OrderNotPayable);

        var approved = false;
        try
        {
            approved = await gateway.ChargeAsync(request.Key, request.Card, order.Total, cancellationToken);
        }
        finally
        {
            orders.TryReplace(pending, approved ? pending.CompletePayment() : pending.AbandonPayment());
        }

        return approved ? new PaymentResult.Completed(Record(order)) : Refused(PaymentRefusal.Declined);
    }

    private async Task<PaymentResult> RefundOnceAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        if (Reserve(request) is { } refusal)
            return Refused(refusal);

        var approved = false;
        try
        {
            approved = await gateway.RefundAsync(request.Key, request.Payment, request.Amount, cancellationToken);
        }
        finally
        {
            if (!approved)
                Update(request.Payment, payment => payment.ReleaseRefund(request.Amount));
        }

        return approved ? new PaymentResult.Completed(Settle(request)) : Refused(PaymentRefusal.Declined);
    }

    private Payment Record(Order order)
    {
        var payment = Payment.Of(order);
        payments.Add(payment);
        ledger.Post(
            $"Charge {payment.Id.Value}",
            new Posting(LedgerAccount.GatewayClearing, payment.Amount),
            new Posting(LedgerAccount.Revenue, -payment.Amount));
        return payment;
    }

    private PaymentRefusal? Reserve(RefundRequest request)
    {
        if (!request.Amount.IsPositive)
            return PaymentRefusal.AmountNotPositive;

        while (payments.Find(request.Payment) is { } payment)
        {
            if (request.Amount.Currency != payment.Amount.Currency)
                return PaymentRefusal.CurrencyMismatch;

            if (request.Amount > payment.Refundable)
                return PaymentRefusal.ExceedsRefundable;

            if (payments.TryReplace(payment, payment.ReserveRefund(request.Amount)))
                return null;
        }

        return PaymentRefusal.PaymentNotFound;
    }

    private Payment Settle(RefundRequest request)
    {
        var payment = Update(request.Payment, payment => payment.SettleRefund(request.Amount));
        ledger.Post(
            $"Refund {payment.Id.Value}",
            new Posting(LedgerAccount.Refunds, request.Amount),
            new Posting(LedgerAccount.GatewayClearing, -request.Amount));

        if (payment.IsFullyRefunded && orders.Find(payment.Order) is { } order)
            orders.TryReplace(order, order.Refund());

        return payment;
    }

    private Payment Update(PaymentId id, Func<Payment, Payment> change)
    {
        while (payments.Find(id) is { } payment)
        {
            var changed = change(payment);
            if (payments.TryReplace(payment, changed))
                return changed;
        }

        throw new InvalidOperationException($"Payment {id.Value} has disappeared.");
    }

    private static PaymentResult Refused(PaymentRefusal reason) => new PaymentResult.Refused(reason);
}
