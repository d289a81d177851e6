namespace Checkout.Orders;

public readonly record struct OrderId(Guid Value)
{
    public static OrderId New() => new(Guid.CreateVersion7());
}

public enum OrderStatus
{
    Placed,
    PaymentPending,
    Paid,
    Refunded,
    Cancelled,
}

public sealed record Order(OrderId Id, Money Total, OrderStatus Status)
{
    public static Order Place(Money total) =>
        total.IsPositive
            ? new Order(OrderId.New(), total, OrderStatus.Placed)
            : throw new ArgumentOutOfRangeException(nameof(total), total, "An order costs something.");

    public Order BeginPayment() => Move(OrderStatus.Placed, OrderStatus.PaymentPending);

    public Order CompletePayment() => Move(OrderStatus.PaymentPending, OrderStatus.Paid);

    public Order AbandonPayment() => Move(OrderStatus.PaymentPending, OrderStatus.Placed);

    public Order Refund() => Move(OrderStatus.Paid, OrderStatus.Refunded);

    public Order Cancel() => Move(OrderStatus.Placed, OrderStatus.Cancelled);

    private Order Move(OrderStatus from, OrderStatus to) =>
        Status == from
            ? this with { Status = to }
            : throw new InvalidOperationException($"An order that is {Status} cannot become {to}.");
}
