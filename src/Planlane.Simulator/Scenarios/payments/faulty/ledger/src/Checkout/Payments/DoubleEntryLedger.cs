using System.Collections.Immutable;

namespace Checkout.Payments;

public sealed class DoubleEntryLedger(TimeProvider time) : ILedger
{
    private readonly Lock _gate = new();
    private volatile Book _book = Book.Empty;

    public IReadOnlyList<LedgerTransaction> Transactions => _book.Transactions;

    public void Post(string description, params IReadOnlyList<Posting> postings)
    {
        if (!IsBalanced(postings))
            throw new UnbalancedTransactionException(description);

        lock (_gate)
            _book = _book.With(new LedgerTransaction(time.GetUtcNow(), description, [.. postings]));
    }

    public Money BalanceOf(LedgerAccount account, string currency) =>
        _book.Balances.GetValueOrDefault((account, currency), Money.Zero(currency));

    private static bool IsBalanced(IReadOnlyList<Posting> postings) =>
        postings.Count >= 2
        && postings.GroupBy(posting => posting.Amount.Currency)
            .All(currency => currency.Sum(posting => posting.Amount) == Money.Zero(currency.Key));

    /// <summary>Replaced as a whole, so that a reader never sees half a transaction and a failed one leaves no trace.</summary>
    private sealed record Book(
        ImmutableList<LedgerTransaction> Transactions,
        ImmutableDictionary<(LedgerAccount Account, string Currency), Money> Balances)
    {
        public static Book Empty { get; } = new([], ImmutableDictionary<(LedgerAccount, string), Money>.Empty);

        public Book With(LedgerTransaction transaction)
        {
            var balances = Balances.ToBuilder();
            foreach (var (account, amount) in transaction.Postings)
            {
                var key = (account, amount.Currency);
                balances[key] = balances.TryGetValue(key, out var balance) ? balance + amount : amount;
            }

            return new Book(Transactions.Add(transaction), balances.ToImmutable());
        }
    }
}
