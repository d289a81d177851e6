namespace Checkout.Orders;

public interface IOrderRepository
{
    Order? Find(OrderId id);

    void Add(Order order);

    /// <returns>False when somebody else has changed the order since <paramref name="current"/> was read.</returns>
    bool TryReplace(Order current, Order next);
}
