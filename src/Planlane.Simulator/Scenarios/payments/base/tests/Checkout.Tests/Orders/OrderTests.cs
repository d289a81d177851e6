using Checkout.Orders;

namespace Checkout.Tests.Orders;

public sealed class OrderTests
{
    [Fact]
    public void Cancel_Twice_Throws()
    {
        var cancelled = Order.Place(new Money(100, "EUR")).Cancel();

        Assert.Throws<InvalidOperationException>(cancelled.Cancel);
    }
}
