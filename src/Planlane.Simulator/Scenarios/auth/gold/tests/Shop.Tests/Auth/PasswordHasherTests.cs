using Shop.Auth;

namespace Shop.Tests.Auth;

public sealed class PasswordHasherTests
{
    private const string Password = "correct horse battery staple";
    private const int FastIterations = 1_000;

    private readonly PasswordHasher _passwords = new(FastIterations);

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
}
