using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using Shop.Auth;
using Shop.Customers;

namespace Shop.Tests.Auth;

public sealed class AuthTests
{
    private const string Password = "correct horse battery staple";
    private const int FastIterations = 1_000;

    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly JwtOptions Jwt = new(Enumerable.Repeat((byte)7, 32).ToArray(), "shop-tests");
    private static readonly JwtClaims Claims = new("ada", "shop", Noon, Noon.AddMinutes(15), "first");

    private readonly ManualClock _clock = new(Noon);
    private readonly UserStore _users = new();
    private readonly PasswordHasher _passwords = new(FastIterations);
    private readonly JwtTokens _tokens;
    private readonly AuthService _auth;

    public AuthTests()
    {
        _tokens = new(Jwt, _clock);
        _auth = new(_users, _passwords, _tokens, new AuthOptions(), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void PasswordHasher_SamePasswordTwice_GivesTwoHashesThatVerify()
    {
        string[] hashes = [_passwords.Hash(Password), _passwords.Hash(Password)];

        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.All(hashes, hash => Assert.True(_passwords.Verify(Password, hash)));
    }

    [Fact]
    public void PasswordHasher_WrongPassword_IsRefused()
    {
        var hash = _passwords.Hash(Password);

        Assert.All(["", Password.ToUpperInvariant(), Password + " "], wrong => Assert.False(_passwords.Verify(wrong, hash)));
    }

    [Fact]
    public void PasswordHasher_UnreadableHash_IsRefused()
    {
        var hash = _passwords.Hash(Password);
        string?[] unreadable = [null, "", "v1$pbkdf2-sha256$1$$", "v2" + hash[2..], hash[..^4], hash.Replace("$1000$", "$999999999$")];

        Assert.All(unreadable, stored => Assert.False(_passwords.Verify(Password, stored)));
    }

    [Fact]
    public void PasswordHasher_FewerIterationsThanConfigured_NeedsRehash()
    {
        var hash = _passwords.Hash(Password);

        Assert.False(_passwords.NeedsRehash(hash));
        Assert.True(new PasswordHasher(FastIterations + 1).NeedsRehash(hash));
        Assert.True(new PasswordHasher().NeedsRehash(hash.Replace("$1000$", "$599999$")));
    }

    [Fact]
    public void JwtTokens_SignedClaims_ReadBackUnchanged() =>
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(_tokens.Sign(Claims), "shop"));

    [Fact]
    public void JwtTokens_TamperedPayload_FailsTheSignature()
    {
        var mallory = _tokens.Sign(Claims with { Subject = "mallory" }).Split('.');
        var ada = _tokens.Sign(Claims).Split('.');

        Assert.Equal(Invalid(JwtError.BadSignature), _tokens.Verify($"{ada[0]}.{mallory[1]}.{ada[2]}", "shop"));
        Assert.Equal(Invalid(JwtError.BadSignature), _tokens.Verify($"{ada[0]}.{ada[1]}.", "shop"));
    }

    [Fact]
    public void JwtTokens_AlgorithmOtherThanHs256_IsRefused()
    {
        var parts = _tokens.Sign(Claims).Split('.');

        Assert.All(["none", "HS512", "RS256", "hs256"], algorithm =>
        {
            var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
            Assert.Equal(Invalid(JwtError.UnsupportedAlgorithm), _tokens.Verify($"{header}.{parts[1]}.{parts[2]}", "shop"));
            Assert.Equal(Invalid(JwtError.UnsupportedAlgorithm), _tokens.Verify($"{header}.{parts[1]}.", "shop"));
        });
    }

    [Fact]
    public void JwtTokens_ExpiryAndSkewPassed_IsExpired()
    {
        var token = _tokens.Sign(Claims);

        _clock.Now = Claims.ExpiresAt + Jwt.ClockSkew - TimeSpan.FromSeconds(1);
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(token, "shop"));

        _clock.Now = Claims.ExpiresAt + Jwt.ClockSkew;
        Assert.Equal(Invalid(JwtError.Expired), _tokens.Verify(token, "shop"));
    }

    [Fact]
    public void JwtTokens_BeforeNotBefore_IsNotYetValid()
    {
        var token = _tokens.Sign(Claims);

        _clock.Now = Claims.NotBefore - Jwt.ClockSkew;
        Assert.Equal(new JwtVerification.Valid(Claims), _tokens.Verify(token, "shop"));

        _clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Equal(Invalid(JwtError.NotYetValid), _tokens.Verify(token, "shop"));
    }

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

    private static JwtVerification Invalid(JwtError error) => new JwtVerification.Invalid(error);

    private static AuthResult Failed(AuthFailure reason) => new AuthResult.Failed(reason);

    private static TokenPair Succeeded(AuthResult result) => Assert.IsType<AuthResult.Succeeded>(result).Tokens;

    private async Task<TokenPair> RegisterAsync() =>
        Succeeded(await _auth.RegisterAsync("ada@example.com", Password, Cancellation));

    private sealed class ManualClock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
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
