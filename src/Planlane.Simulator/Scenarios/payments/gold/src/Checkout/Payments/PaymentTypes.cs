using Checkout.Orders;

namespace Checkout.Payments;

public readonly record struct PaymentId(Guid Value)
{
    public static PaymentId New() => new(Guid.CreateVersion7());
}

/// <summary>The client picks one for each intent and sends it again with each retry of that intent.</summary>
public sealed record IdempotencyKey
{
    public IdempotencyKey(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    public string Value { get; }
}

public sealed record CardToken(string Value)
{
    public override string ToString() => "card ****";
}

public sealed record ChargeRequest(IdempotencyKey Key, OrderId Order, CardToken Card);

public sealed record RefundRequest(IdempotencyKey Key, PaymentId Payment, Money Amount);

/// <param name="RefundsPending">Reserved by refunds whose outcome at the gateway is still open.</param>
public sealed record Payment(PaymentId Id, OrderId Order, Money Amount, Money Refunded, Money RefundsPending)
{
    public Money Refundable => Amount - Refunded - RefundsPending;

    public bool IsFullyRefunded => Refunded == Amount;

    public static Payment Of(Order order)
    {
        var nothing = Money.Zero(order.Total.Currency);
        return new Payment(PaymentId.New(), order.Id, order.Total, nothing, nothing);
    }

    public Payment ReserveRefund(Money amount) => this with { RefundsPending = RefundsPending + amount };

    public Payment ReleaseRefund(Money amount) => this with { RefundsPending = RefundsPending - amount };

    public Payment SettleRefund(Money amount) => ReleaseRefund(amount) with { Refunded = Refunded + amount };
}

public enum PaymentRefusal
{
    OrderNotFound,
    OrderNotPayable,
    PaymentNotFound,
    AmountNotPositive,
    CurrencyMismatch,
    ExceedsRefundable,
    Declined,
}

public abstract record PaymentResult
{
    private PaymentResult()
    {
    }

    public sealed record Completed(Payment Payment) : PaymentResult;

    public sealed record Refused(PaymentRefusal Reason) : PaymentResult;
}
