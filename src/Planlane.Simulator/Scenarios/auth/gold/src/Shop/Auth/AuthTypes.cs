using Shop.Customers;

namespace Shop.Auth;

public sealed record AuthOptions
{
    public TimeSpan AccessLifetime { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan RefreshLifetime { get; init; } = TimeSpan.FromDays(14);
}

/// <param name="SessionStamp">Every refresh token carries it; a new stamp ends all sessions of the account.</param>
public sealed record UserAccount(Guid Id, EmailAddress Email, string PasswordHash, Guid SessionStamp)
{
    // The generated text would carry the password hash into logs.
    public override string ToString() => $"UserAccount {Id}";
}

public sealed record AuthenticatedUser(Guid Id, DateTimeOffset ExpiresAt);

public sealed record TokenPair(string AccessToken, string RefreshToken, DateTimeOffset AccessExpiresAt)
{
    // The generated text would carry live tokens into logs.
    public override string ToString() => $"TokenPair until {AccessExpiresAt:O}";
}

public enum AuthFailure
{
    InvalidEmail,
    UnacceptablePassword,
    EmailTaken,
    InvalidCredentials,
    InvalidToken,
}

public abstract record AuthResult
{
    private AuthResult() { }

    public sealed record Succeeded(TokenPair Tokens) : AuthResult;

    public sealed record Failed(AuthFailure Reason) : AuthResult;
}

public interface IUserStore
{
    Task<UserAccount?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken);

    Task<UserAccount?> FindByIdAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Adds an account atomically; false when its e-mail address is taken.</summary>
    Task<bool> TryAddAsync(UserAccount account, CancellationToken cancellationToken);

    /// <summary>Replaces an account atomically; false when the stored one no longer equals <paramref name="expected"/>.</summary>
    Task<bool> TryUpdateAsync(UserAccount expected, UserAccount updated, CancellationToken cancellationToken);
}

public interface IAuthService
{
    Task<AuthResult> RegisterAsync(string email, string password, CancellationToken cancellationToken);

    /// <summary>Fails alike, and for the same work, whether the address is unknown or the password wrong.</summary>
    Task<AuthResult> LoginAsync(string email, string password, CancellationToken cancellationToken);

    Task<AuthResult> RefreshAsync(string refreshToken, CancellationToken cancellationToken);

    /// <summary>The user of a valid access token, or null; asks no store, so a token holds until it expires.</summary>
    AuthenticatedUser? Authenticate(string accessToken);

    /// <summary>Makes every refresh token issued so far invalid.</summary>
    Task SignOutEverywhereAsync(Guid userId, CancellationToken cancellationToken);
}
