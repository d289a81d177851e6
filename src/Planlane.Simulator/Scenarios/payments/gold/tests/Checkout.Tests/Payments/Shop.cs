using Checkout.Orders;
using Checkout.Payments;

namespace Checkout.Tests.Payments;

internal sealed class Shop
{
    private readonly InMemoryOrderRepository _orders = new();
    private readonly PaymentService _payments;
    private int _keys;

    public Shop()
    {
        var time = new ManualTime();
        Ledger = new DoubleEntryLedger(time);
        _payments = new PaymentService(
            _orders, new InMemoryPaymentRepository(), Gateway, Ledger, new InMemoryIdempotencyStore(time, TimeSpan.FromHours(24)));
    }

    public ScriptedGateway Gateway { get; } = new();

    public DoubleEntryLedger Ledger { get; }

    public static Money Euro(long cents) => new(cents, "EUR");

    public Order PlaceOrder(long cents = 1000)
    {
        var order = Order.Place(Euro(cents));
        _orders.Add(order);
        return order;
    }

    public OrderStatus StatusOf(OrderId order) => _orders.Find(order)!.Status;

    public Task<PaymentResult> ChargeAsync(OrderId order, string? key = null) =>
        _payments.ChargeAsync(new ChargeRequest(Key(key), order, new CardToken("tok_visa")), TestContext.Current.CancellationToken);

    public async Task<Payment> PayAsync(long cents = 1000) =>
        Assert.IsType<PaymentResult.Completed>(await ChargeAsync(PlaceOrder(cents).Id)).Payment;

    public Task<PaymentResult> RefundAsync(PaymentId payment, Money amount, string? key = null) =>
        _payments.RefundAsync(new RefundRequest(Key(key), payment, amount), TestContext.Current.CancellationToken);

    public long Balance(LedgerAccount account) => Ledger.BalanceOf(account, "EUR").MinorUnits;

    public void AssertLedgerSumsToZero() => Assert.Equal(0, Enum.GetValues<LedgerAccount>().Sum(Balance));

    private IdempotencyKey Key(string? key) => new(key ?? $"key-{Interlocked.Increment(ref _keys)}");
}
