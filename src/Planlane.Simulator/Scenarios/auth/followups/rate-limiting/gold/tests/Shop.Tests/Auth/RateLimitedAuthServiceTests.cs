using Shop.Auth;

namespace Shop.Tests.Auth;

public sealed class RateLimitedAuthServiceTests
{
    private readonly CountingLimiter _limiter = new(most: 2);
    private readonly RecordingAuth _inner = new();
    private readonly RateLimitedAuthService _auth;

    public RateLimitedAuthServiceTests() => _auth = new(_inner, _limiter);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RateLimitedAuthService_TooManyLoginsInAnySpelling_AreRefusedWithoutALookup()
    {
        await _auth.LoginAsync("ada@example.com", "wrong", Cancellation);
        await _auth.LoginAsync(" ADA@Example.com ", "wrong", Cancellation);

        var refused = await _auth.LoginAsync("ada@example.com", RecordingAuth.Right, Cancellation);

        Assert.Equal(new AuthResult.Failed(AuthFailure.InvalidCredentials), refused);
        Assert.Equal(["ada@example.com", " ADA@Example.com "], _inner.Logins);
    }

    [Fact]
    public async Task RateLimitedAuthService_LoginThatSucceeds_GivesAllAttemptsBack()
    {
        await _auth.LoginAsync("ada@example.com", "wrong", Cancellation);
        Assert.IsType<AuthResult.Succeeded>(await _auth.LoginAsync("ada@example.com", RecordingAuth.Right, Cancellation));

        await _auth.LoginAsync("ada@example.com", "wrong", Cancellation);
        Assert.IsType<AuthResult.Succeeded>(await _auth.LoginAsync("ada@example.com", RecordingAuth.Right, Cancellation));
    }

    [Fact]
    public async Task RateLimitedAuthService_EverythingElse_IsNotLimited()
    {
        for (var i = 0; i < 5; i++)
        {
            await _auth.RegisterAsync("ada@example.com", RecordingAuth.Right, Cancellation);
            await _auth.RefreshAsync("token", Cancellation);
            await _auth.SignOutEverywhereAsync(Guid.Empty, Cancellation);
            _auth.Authenticate("token");
        }

        Assert.Equal(20, _inner.OtherCalls);
    }

    private sealed class CountingLimiter(int most) : ILoginLimiter
    {
        private readonly Dictionary<string, int> _attempts = [];

        public bool TryEnter(string key)
        {
            _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
            return _attempts[key] <= most;
        }

        public void Reset(string key) => _attempts.Remove(key);
    }

    private sealed class RecordingAuth : IAuthService
    {
        public const string Right = "correct horse battery staple";

        private static readonly AuthResult Done = new AuthResult.Succeeded(new TokenPair("access", "refresh", DateTimeOffset.UnixEpoch));

        public List<string> Logins { get; } = [];

        public int OtherCalls { get; private set; }

        public Task<AuthResult> LoginAsync(string email, string password, CancellationToken cancellationToken)
        {
            Logins.Add(email);
            return Task.FromResult(password == Right ? Done : new AuthResult.Failed(AuthFailure.InvalidCredentials));
        }

        public Task<AuthResult> RegisterAsync(string email, string password, CancellationToken cancellationToken) => Counted(Task.FromResult(Done));

        public Task<AuthResult> RefreshAsync(string refreshToken, CancellationToken cancellationToken) => Counted(Task.FromResult(Done));

        public AuthenticatedUser? Authenticate(string accessToken) => Counted((AuthenticatedUser?)null);

        public Task SignOutEverywhereAsync(Guid userId, CancellationToken cancellationToken) => Counted(Task.CompletedTask);

        private T Counted<T>(T result)
        {
            OtherCalls++;
            return result;
        }
    }
}
