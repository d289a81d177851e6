namespace Checkout.Orders;

public readonly record struct OrderId(Guid Value)
{
    public static OrderId New() => new(Guid.CreateVersion7());
}

public enum OrderStatus
{
    Placed,
    Cancelled,
}

public sealed record Order(OrderId Id, Money Total, OrderStatus Status)
{
    public static Order Place(Money total) =>
        total.IsPositive
            ? new Order(OrderId.New(), total, OrderStatus.Placed)
            : throw new ArgumentOutOfRangeException(nameof(total), total, "An order costs something.");

    public Order Cancel() => Move(OrderStatus.Placed, OrderStatus.Cancelled);

    private Order Move(OrderStatus from, OrderStatus to) =>
        Status == from
            ? this with { Status = to }
            : throw new InvalidOperationException($"An order that is {Status} cannot become {to}.");
}
