using System.Collections.Concurrent;
using Shop.Auth;
using Shop.Customers;

namespace Shop.Tests.Auth;

public sealed class AuthServiceTests
{
    private const string Password = "correct horse battery staple";
    private const int FastIterations = 1_000;

    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly StoppedClock _clock = new(Noon);
    private readonly UserStore _users = new();
    private readonly JwtTokens _tokens;
    private readonly AuthService _auth;

    public AuthServiceTests()
    {
        _tokens = new(new JwtOptions(Enumerable.Repeat((byte)7, 32).ToArray(), "shop-tests"), _clock);
        _auth = new(_users, new PasswordHasher(FastIterations), _tokens, new AuthOptions(), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AuthService_LoginAfterRegister_AuthenticatesTheSameUser()
    {
        var registered = await RegisterAsync();
        var loggedIn = Succeeded(await _auth.LoginAsync("ADA@example.com", Password, Cancellation));

        var account = Assert.Single(_users.Accounts);
        var expected = new AuthenticatedUser(account.Id, Noon + new AuthOptions().AccessLifetime);
        Assert.Equal(expected, _auth.Authenticate(registered.AccessToken));
        Assert.Equal(expected, _auth.Authenticate(loggedIn.AccessToken));
        Assert.Null(_auth.Authenticate(loggedIn.RefreshToken));
    }

    [Fact]
    public async Task AuthService_RegisterUnusableInput_IsRefused()
    {
        await RegisterAsync();

        Assert.Equal(Failed(AuthFailure.EmailTaken), await _auth.RegisterAsync("Ada@Example.com", Password, Cancellation));
        Assert.Equal(Failed(AuthFailure.InvalidEmail), await _auth.RegisterAsync("ada", Password, Cancellation));
        Assert.Equal(Failed(AuthFailure.UnacceptablePassword), await _auth.RegisterAsync("bob@example.com", "elevenchars", Cancellation));
        Assert.Single(_users.Accounts);
    }

    [Fact]
    public async Task AuthService_UnknownUserAndWrongPassword_FailAlike()
    {
        await RegisterAsync();

        var wrongPassword = await _auth.LoginAsync("ada@example.com", "not the password", Cancellation);
        var unknownUser = await _auth.LoginAsync("bob@example.com", Password, Cancellation);

        Assert.Equal(Failed(AuthFailure.InvalidCredentials), wrongPassword);
        Assert.Equal(wrongPassword, unknownUser);
    }

    [Fact]
    public async Task AuthService_LoginWithOutdatedHash_StoresANewHash()
    {
        await RegisterAsync();
        var stronger = new PasswordHasher(FastIterations * 2);
        var auth = new AuthService(_users, stronger, _tokens, new AuthOptions(), _clock);

        Succeeded(await auth.LoginAsync("ada@example.com", Password, Cancellation));

        var account = Assert.Single(_users.Accounts);
        Assert.False(stronger.NeedsRehash(account.PasswordHash));
        Assert.True(stronger.Verify(Password, account.PasswordHash));
    }

    [Fact]
    public async Task AuthService_Refresh_TakesRefreshTokensUntilSignOut()
    {
        var first = await RegisterAsync();
        var second = Succeeded(await _auth.RefreshAsync(first.RefreshToken, Cancellation));
        Assert.Equal(Failed(AuthFailure.InvalidToken), await _auth.RefreshAsync(second.AccessToken, Cancellation));

        await _auth.SignOutEverywhereAsync(Assert.Single(_users.Accounts).Id, Cancellation);

        Assert.Equal(Failed(AuthFailure.InvalidToken), await _auth.RefreshAsync(second.RefreshToken, Cancellation));
    }

    private static AuthResult Failed(AuthFailure reason) => new AuthResult.Failed(reason);

    private static TokenPair Succeeded(AuthResult result) => Assert.IsType<AuthResult.Succeeded>(result).Tokens;

    private async Task<TokenPair> RegisterAsync() =>
        Succeeded(await _auth.RegisterAsync("ada@example.com", Password, Cancellation));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class UserStore : IUserStore
    {
        private readonly ConcurrentDictionary<EmailAddress, UserAccount> _accounts = new();

        public IEnumerable<UserAccount> Accounts => _accounts.Values;

        public Task<UserAccount?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) =>
            Task.FromResult(_accounts.GetValueOrDefault(email));

        public Task<UserAccount?> FindByIdAsync(Guid id, CancellationToken cancellationToken) =>
            Task.FromResult(_accounts.Values.SingleOrDefault(account => account.Id == id));

        public Task<bool> TryAddAsync(UserAccount account, CancellationToken cancellationToken) =>
            Task.FromResult(_accounts.TryAdd(account.Email, account));

        public Task<bool> TryUpdateAsync(UserAccount expected, UserAccount updated, CancellationToken cancellationToken) =>
            Task.FromResult(_accounts.TryUpdate(expected.Email, updated, expected));
    }
}
