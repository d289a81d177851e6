using Checkout.Payments;

namespace Checkout.Tests.Payments;

public sealed class LedgerTests
{
    private readonly ManualTime _time = new();
    private readonly DoubleEntryLedger _ledger;

    public LedgerTests() => _ledger = new DoubleEntryLedger(_time);

    [Fact]
    public void Post_BalancedPostings_MovesBothAccounts()
    {
        _ledger.Post("Charge", Debit(1000), Credit(1000));
        _ledger.Post("Charge", Debit(250), Credit(250));

        Assert.Equal(new Money(1250, "EUR"), _ledger.BalanceOf(LedgerAccount.GatewayClearing, "EUR"));
        Assert.Equal(new Money(-1250, "EUR"), _ledger.BalanceOf(LedgerAccount.Revenue, "EUR"));
    }

    [Fact]
    public void Post_BalancedPostings_RecordsTheTransaction()
    {
        _ledger.Post("Charge", Debit(1000), Credit(1000));

        var transaction = Assert.Single(_ledger.Transactions);
        Assert.Equal((_time.GetUtcNow(), "Charge"), (transaction.At, transaction.Description));
        Assert.Equal([Debit(1000), Credit(1000)], transaction.Postings);
    }

    [Fact]
    public void Post_UnbalancedPostings_ChangesNothing()
    {
        Assert.Throws<UnbalancedTransactionException>(() => _ledger.Post("Typo", Debit(1000), Credit(999)));

        Assert.Empty(_ledger.Transactions);
        Assert.Equal(Money.Zero("EUR"), _ledger.BalanceOf(LedgerAccount.GatewayClearing, "EUR"));
    }

    [Fact]
    public void Post_BalancedOnlyAcrossCurrencies_IsRefused() =>
        Assert.Throws<UnbalancedTransactionException>(() => _ledger.Post("Mix", Debit(1000, "EUR"), Credit(1000, "USD")));

    [Fact]
    public void Post_SinglePosting_IsRefused() =>
        Assert.Throws<UnbalancedTransactionException>(() => _ledger.Post("Half", Debit(0)));

    [Fact]
    public void Post_BalanceOverflows_ChangesNothing()
    {
        _ledger.Post("Huge", Debit(long.MaxValue), Credit(long.MaxValue));

        Assert.Throws<OverflowException>(() => _ledger.Post("Last straw", Debit(1), Credit(1)));

        Assert.Single(_ledger.Transactions);
        Assert.Equal(new Money(-long.MaxValue, "EUR"), _ledger.BalanceOf(LedgerAccount.Revenue, "EUR"));
    }

    [Fact]
    public void Post_FromManyThreads_KeepsTheSumAtZero()
    {
        Parallel.For(1, 501, amount => _ledger.Post("Charge", Debit(amount), Credit(amount)));

        Assert.Equal(500, _ledger.Transactions.Count);
        Assert.Equal(new Money(125_250, "EUR"), _ledger.BalanceOf(LedgerAccount.GatewayClearing, "EUR"));
        Assert.Equal(new Money(-125_250, "EUR"), _ledger.BalanceOf(LedgerAccount.Revenue, "EUR"));
    }

    private static Posting Debit(long minorUnits, string currency = "EUR") =>
        new(LedgerAccount.GatewayClearing, new Money(minorUnits, currency));

    private static Posting Credit(long minorUnits, string currency = "EUR") =>
        new(LedgerAccount.Revenue, new Money(-minorUnits, currency));
}
