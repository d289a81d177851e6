namespace Checkout.Payments;

/// <summary>
/// Moves real money. An adapter throws only when nothing has moved: it settles an unknown outcome by asking again with the same key.
/// </summary>
public interface IPaymentGateway
{
    /// <returns>Whether the charge was approved.</returns>
    Task<bool> ChargeAsync(IdempotencyKey key, CardToken card, Money amount, CancellationToken cancellationToken);

    /// <returns>Whether the refund was approved.</returns>
    Task<bool> RefundAsync(IdempotencyKey key, PaymentId payment, Money amount, CancellationToken cancellationToken);
}

public interface IPaymentRepository
{
    Payment? Find(PaymentId id);

    void Add(Payment payment);

    /// <returns>False when somebody else has changed the payment since <paramref name="current"/> was read.</returns>
    bool TryReplace(Payment current, Payment next);
}

public interface IIdempotencyStore
{
    /// <summary>
    /// Runs the operation once for each key and gives its result to every later caller. Callers that come while it runs wait for it.
    /// When it throws, the key is free again and one of those who wait runs an operation of its own.
    /// </summary>
    /// <exception cref="IdempotencyConflictException">The key came before with a request that is not equal to this one.</exception>
    Task<T> OnceAsync<T>(
        IdempotencyKey key,
        object request,
        Func<CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken)
        where T : class;
}

public sealed class IdempotencyConflictException(IdempotencyKey key)
    : Exception($"The idempotency key '{key.Value}' was used for another request.");

public enum LedgerAccount
{
    GatewayClearing,
    Revenue,
    Refunds,
}

/// <summary>A debit is positive, a credit is negative.</summary>
public sealed record Posting(LedgerAccount Account, Money Amount);

public sealed record LedgerTransaction(DateTimeOffset At, string Description, IReadOnlyList<Posting> Postings);

/// <summary>Double entry: each transaction, and so the whole ledger, sums to zero in every currency. Safe for concurrent use.</summary>
public interface ILedger
{
    IReadOnlyList<LedgerTransaction> Transactions { get; }

    /// <exception cref="UnbalancedTransactionException">Some currency's postings do not sum to zero; nothing was posted.</exception>
    void Post(string description, params IReadOnlyList<Posting> postings);

    Money BalanceOf(LedgerAccount account, string currency);
}

public sealed class UnbalancedTransactionException(string description)
    : Exception($"The postings of '{description}' do not sum to zero.");
