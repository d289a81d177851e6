using System.Collections.Concurrent;

namespace Checkout.Orders;

public sealed class InMemoryOrderRepository : IOrderRepository
{
    private readonly ConcurrentDictionary<OrderId, Order> _orders = new();

    public Order? Find(OrderId id) => _orders.GetValueOrDefault(id);

    public void Add(Order order)
    {
        if (!_orders.TryAdd(order.Id, order))
            throw new InvalidOperationException($"Order {order.Id.Value} exists already.");
    }

    public bool TryReplace(Order current, Order next) => _orders.TryUpdate(current.Id, next, current);
}
