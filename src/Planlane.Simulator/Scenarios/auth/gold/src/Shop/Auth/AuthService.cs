using Shop.Customers;

namespace Shop.Auth;

public sealed class AuthService(
    IUserStore users,
    PasswordHasher passwords,
    JwtTokens tokens,
    AuthOptions options,
    TimeProvider clock) : IAuthService
{
    public const int MinimumPasswordLength = 12;
    public const int MaximumPasswordLength = 256;

    // Two audiences keep either kind of token from being used as the other.
    private const string AccessAudience = "shop";
    private const string RefreshAudience = "shop/refresh";

    public async Task<AuthResult> RegisterAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, out var address))
            return new AuthResult.Failed(AuthFailure.InvalidEmail);
        if (password.Length is < MinimumPasswordLength or > MaximumPasswordLength)
            return new AuthResult.Failed(AuthFailure.UnacceptablePassword);

        var account = new UserAccount(Guid.CreateVersion7(clock.GetUtcNow()), address, passwords.Hash(password), Guid.NewGuid());
        return await users.TryAddAsync(account, cancellationToken)
            ? new AuthResult.Succeeded(IssueTokens(account))
            : new AuthResult.Failed(AuthFailure.EmailTaken);
    }

    public async Task<AuthResult> LoginAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = EmailAddress.TryParse(email, out var address)
            ? await users.FindByEmailAsync(address, cancellationToken)
            : null;
        // Hashing comes before the question whether there is an account: the time taken must not tell.
        if (!passwords.Verify(password, account?.PasswordHash) || account is null)
            return new AuthResult.Failed(AuthFailure.InvalidCredentials);

        // A lost race is fine: the other writer's account stays, and the next login tries again.
        if (passwords.NeedsRehash(account.PasswordHash))
            await users.TryUpdateAsync(account, account with { PasswordHash = passwords.Hash(password) }, cancellationToken);
        return new AuthResult.Succeeded(IssueTokens(account));
    }

    public async Task<AuthResult> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (tokens.Verify(refreshToken, RefreshAudience) is JwtVerification.Valid { Claims: var claims }
            && Guid.TryParse(claims.Subject, out var id)
            && await users.FindByIdAsync(id, cancellationToken) is { } account
            && claims.Session == account.SessionStamp.ToString())
            return new AuthResult.Succeeded(IssueTokens(account));

        return new AuthResult.Failed(AuthFailure.InvalidToken);
    }

    public AuthenticatedUser? Authenticate(string accessToken) =>
        tokens.Verify(accessToken, AccessAudience) is JwtVerification.Valid { Claims: var claims }
        && Guid.TryParse(claims.Subject, out var id)
            ? new AuthenticatedUser(id, claims.ExpiresAt)
            : null;

    public async Task SignOutEverywhereAsync(Guid userId, CancellationToken cancellationToken)
    {
        while (await users.FindByIdAsync(userId, cancellationToken) is { } account)
            if (await users.TryUpdateAsync(account, account with { SessionStamp = Guid.NewGuid() }, cancellationToken))
                return;
    }

    private TokenPair IssueTokens(UserAccount account)
    {
        var now = clock.GetUtcNow();
        var access = new JwtClaims(account.Id.ToString(), AccessAudience, now, now + options.AccessLifetime);
        var refresh = new JwtClaims(
            account.Id.ToString(), RefreshAudience, now, now + options.RefreshLifetime, account.SessionStamp.ToString());
        return new TokenPair(tokens.Sign(access), tokens.Sign(refresh), access.ExpiresAt);
    }
}
