using Shop.Customers;

namespace Shop.Auth;

/// <summary>An auth service that refuses logins of an address beyond a limit, before anything is looked up or hashed for them.</summary>
public sealed class RateLimitedAuthService(IAuthService inner, ILoginLimiter limiter) : IAuthService
{
    public Task<AuthResult> RegisterAsync(string email, string password, CancellationToken cancellationToken) =>
        inner.RegisterAsync(email, password, cancellationToken);

    public async Task<AuthResult> LoginAsync(string email, string password, CancellationToken cancellationToken)
    {
        // One key for all spellings of an address: another one must not bring new attempts.
        var key = EmailAddress.TryParse(email, out var address) ? address.Value : email;
        // As to a wrong password: the answer must not tell that there is an account.
        if (!limiter.TryEnter(key))
            return new AuthResult.Failed(AuthFailure.InvalidCredentials);

        var result = await inner.LoginAsync(email, password, cancellationToken);
        if (result is AuthResult.Succeeded)
            limiter.Reset(key);
        return result;
    }

    public Task<AuthResult> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        inner.RefreshAsync(refreshToken, cancellationToken);

    public AuthenticatedUser? Authenticate(string accessToken) => inner.Authenticate(accessToken);

    public Task SignOutEverywhereAsync(Guid userId, CancellationToken cancellationToken) =>
        inner.SignOutEverywhereAsync(userId, cancellationToken);
}
