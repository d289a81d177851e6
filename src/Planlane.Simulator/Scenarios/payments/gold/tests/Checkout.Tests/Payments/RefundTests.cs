using Checkout.Orders;
using Checkout.Payments;

namespace Checkout.Tests.Payments;

public sealed class RefundTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task Refund_Partial_KeepsTheRestRefundable()
    {
        var payment = await _shop.PayAsync(1000);

        var result = await _shop.RefundAsync(payment.Id, Shop.Euro(300));

        Assert.Equal(new PaymentResult.Completed(payment with { Refunded = Shop.Euro(300) }), result);
        Assert.Equal(OrderStatus.Paid, _shop.StatusOf(payment.Order));
        Assert.Equal((700, 300), (_shop.Balance(LedgerAccount.GatewayClearing), _shop.Balance(LedgerAccount.Refunds)));
    }

    [Fact]
    public async Task Refund_TheRest_MarksTheOrderRefunded()
    {
        var payment = await _shop.PayAsync(1000);

        await _shop.RefundAsync(payment.Id, Shop.Euro(300));
        await _shop.RefundAsync(payment.Id, Shop.Euro(700));

        Assert.Equal(OrderStatus.Refunded, _shop.StatusOf(payment.Order));
        Assert.Equal(0, _shop.Balance(LedgerAccount.GatewayClearing));
    }

    [Fact]
    public async Task Refund_MoreThanTheRest_IsRefused()
    {
        var payment = await _shop.PayAsync(1000);
        await _shop.RefundAsync(payment.Id, Shop.Euro(300));

        Assert.Equal(Refused(PaymentRefusal.ExceedsRefundable), await _shop.RefundAsync(payment.Id, Shop.Euro(701)));
        Assert.Equal(700, _shop.Balance(LedgerAccount.GatewayClearing));
    }

    [Fact]
    public async Task Refund_RetryWithTheSameKey_RefundsOnce()
    {
        var payment = await _shop.PayAsync(1000);

        await _shop.RefundAsync(payment.Id, Shop.Euro(300), "refund-me");
        await _shop.RefundAsync(payment.Id, Shop.Euro(300), "refund-me");

        Assert.Equal(300, _shop.Balance(LedgerAccount.Refunds));
    }

    [Fact]
    public async Task Refund_KeyOfAnotherRequest_Conflicts()
    {
        var payment = await _shop.PayAsync(1000);
        await _shop.RefundAsync(payment.Id, Shop.Euro(300), "refund-me");

        await Assert.ThrowsAsync<IdempotencyConflictException>(
            () => _shop.RefundAsync(payment.Id, Shop.Euro(400), "refund-me"));
    }

    [Fact]
    public async Task Refund_WhileAnotherIsPending_CannotSpendItsShare()
    {
        var payment = await _shop.PayAsync(1000);
        var answer = new TaskCompletionSource<bool>();
        _shop.Gateway.Answer = answer.Task;
        var pending = _shop.RefundAsync(payment.Id, Shop.Euro(600));

        Assert.Equal(Refused(PaymentRefusal.ExceedsRefundable), await _shop.RefundAsync(payment.Id, Shop.Euro(500)));

        answer.SetResult(true);
        Assert.IsType<PaymentResult.Completed>(await pending);
    }

    [Fact]
    public async Task Refund_DeclinedOrFailed_ReleasesItsShare()
    {
        var payment = await _shop.PayAsync(1000);
        _shop.Gateway.Answer = Task.FromResult(false);
        Assert.Equal(Refused(PaymentRefusal.Declined), await _shop.RefundAsync(payment.Id, Shop.Euro(1000)));
        _shop.Gateway.Answer = Task.FromException<bool>(new IOException("Connection lost."));
        await Assert.ThrowsAsync<IOException>(() => _shop.RefundAsync(payment.Id, Shop.Euro(1000)));

        _shop.Gateway.Answer = Task.FromResult(true);

        Assert.IsType<PaymentResult.Completed>(await _shop.RefundAsync(payment.Id, Shop.Euro(1000)));
    }

    [Fact]
    public async Task Refund_ManyAtOnce_NeverExceedsThePayment()
    {
        var payment = await _shop.PayAsync(1000);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => _shop.RefundAsync(payment.Id, Shop.Euro(100)))));

        Assert.Equal(10, results.OfType<PaymentResult.Completed>().Count());
        Assert.Equal((0, 1000), (_shop.Balance(LedgerAccount.GatewayClearing), _shop.Balance(LedgerAccount.Refunds)));
        Assert.Equal(OrderStatus.Refunded, _shop.StatusOf(payment.Order));
    }

    [Fact]
    public async Task Refund_AnyMixOfAmounts_KeepsTheLedgerAtZero()
    {
        var random = new Random(20260504);
        for (var order = 0; order < 50; order++)
        {
            var payment = await _shop.PayAsync(random.Next(1, 5000));
            _shop.AssertLedgerSumsToZero();
            for (var refund = 0; refund < 4; refund++)
            {
                await _shop.RefundAsync(payment.Id, Shop.Euro(random.Next(0, 3000)));
                _shop.AssertLedgerSumsToZero();
            }
        }

        Assert.InRange(_shop.Balance(LedgerAccount.Refunds), 1, -_shop.Balance(LedgerAccount.Revenue));
    }

    [Theory]
    [InlineData(0, "EUR", PaymentRefusal.AmountNotPositive)]
    [InlineData(-1, "EUR", PaymentRefusal.AmountNotPositive)]
    [InlineData(1, "USD", PaymentRefusal.CurrencyMismatch)]
    public async Task Refund_AmountOutsideTheRules_IsRefused(long minorUnits, string currency, PaymentRefusal expected)
    {
        var payment = await _shop.PayAsync();

        Assert.Equal(Refused(expected), await _shop.RefundAsync(payment.Id, new Money(minorUnits, currency)));
    }

    [Fact]
    public async Task Refund_UnknownPayment_IsRefused() =>
        Assert.Equal(Refused(PaymentRefusal.PaymentNotFound), await _shop.RefundAsync(PaymentId.New(), Shop.Euro(1)));

    private static PaymentResult Refused(PaymentRefusal reason) => new PaymentResult.Refused(reason);
}
