using Checkout.Orders;
using Checkout.Payments;

namespace Checkout.Tests.Payments;

public sealed class ChargeTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task Charge_PlacedOrder_PaysItAndPostsTheRevenue()
    {
        var order = _shop.PlaceOrder(1000);

        var result = await _shop.ChargeAsync(order.Id);

        Assert.Equal(Shop.Euro(1000), Assert.IsType<PaymentResult.Completed>(result).Payment.Refundable);
        Assert.Equal(OrderStatus.Paid, _shop.StatusOf(order.Id));
        Assert.Equal((1000, -1000), (_shop.Balance(LedgerAccount.GatewayClearing), _shop.Balance(LedgerAccount.Revenue)));
    }

    [Fact]
    public async Task Charge_RetryWithTheSameKey_ChargesOnce()
    {
        var order = _shop.PlaceOrder();

        var first = await _shop.ChargeAsync(order.Id, "retry-me");
        var second = await _shop.ChargeAsync(order.Id, "retry-me");

        Assert.Same(first, second);
        Assert.Equal(1, _shop.Gateway.Calls);
        Assert.Single(_shop.Ledger.Transactions);
    }

    [Fact]
    public async Task Charge_PaidOrderWithAnotherKey_IsRefused()
    {
        var payment = await _shop.PayAsync();

        Assert.Equal(Refused(PaymentRefusal.OrderNotPayable), await _shop.ChargeAsync(payment.Order));
        Assert.Equal(1, _shop.Gateway.Calls);
    }

    [Fact]
    public async Task Charge_WhileAnotherIsPending_IsRefused()
    {
        var answer = new TaskCompletionSource<bool>();
        _shop.Gateway.Answer = answer.Task;
        var order = _shop.PlaceOrder();
        var first = _shop.ChargeAsync(order.Id);

        Assert.Equal(Refused(PaymentRefusal.OrderNotPayable), await _shop.ChargeAsync(order.Id));

        answer.SetResult(true);
        Assert.IsType<PaymentResult.Completed>(await first);
    }

    [Fact]
    public async Task Charge_Declined_LeavesTheOrderPayable()
    {
        var order = _shop.PlaceOrder();
        _shop.Gateway.Answer = Task.FromResult(false);
        Assert.Equal(Refused(PaymentRefusal.Declined), await _shop.ChargeAsync(order.Id));
        Assert.Empty(_shop.Ledger.Transactions);

        _shop.Gateway.Answer = Task.FromResult(true);

        Assert.IsType<PaymentResult.Completed>(await _shop.ChargeAsync(order.Id));
    }

    [Fact]
    public async Task Charge_GatewayThrows_CanBeRetriedWithTheSameKey()
    {
        var order = _shop.PlaceOrder();
        _shop.Gateway.Answer = Task.FromException<bool>(new IOException("Connection lost."));
        await Assert.ThrowsAsync<IOException>(() => _shop.ChargeAsync(order.Id, "retry-me"));

        _shop.Gateway.Answer = Task.FromResult(true);

        Assert.IsType<PaymentResult.Completed>(await _shop.ChargeAsync(order.Id, "retry-me"));
    }

    [Fact]
    public async Task Charge_UnknownOrder_IsRefused() =>
        Assert.Equal(Refused(PaymentRefusal.OrderNotFound), await _shop.ChargeAsync(OrderId.New()));

    [Fact]
    public void CardToken_Printed_HidesItsValue() =>
        Assert.DoesNotContain("tok_visa", new CardToken("tok_visa").ToString());

    private static PaymentResult Refused(PaymentRefusal reason) => new PaymentResult.Refused(reason);
}
