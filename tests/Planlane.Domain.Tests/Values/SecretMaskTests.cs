using CsCheck;

namespace Planlane.Values;

public sealed class SecretMaskTests
{
    private const string Mark = SecretMask.Mark;
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    // Joined here, so that no scanner takes this file for one that holds keys.
    public static TheoryData<string, string> Secrets => new()
    {
        { "key = " + "sk-ant-" + "api03-AbCd1234efGH5678ijKL9012", $"key = {Mark}" },
        { "\"" + "sk-" + "proj-T3BlbkFJabcdefghij0123456789" + "\"", $"\"{Mark}\"" },
        { "GH=" + "ghp_" + "0123456789abcdefABCDEF0123456789abcd", $"GH={Mark}" },
        { "github_" + "pat_11ABCDEFG0abcdefghijkl_mnop", Mark },
        { "(" + "glpat-" + "abc123DEF456ghi789jk" + ")", $"({Mark})" },
        { "AWS_KEY=" + "AKIA" + "Z7QXAB3CDEFGH2JK;", $"AWS_KEY={Mark};" },
        { "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYZ9ABCDEFGH", $"aws_secret_access_key = {Mark}" },
        { "\"SecretAccessKey\": \"" + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYZ9ABCDEFGH" + "\"", $"\"SecretAccessKey\": \"{Mark}\"" },
        { "xoxb-" + "123456789012-abcdefABCDEF", Mark },
        { "AIza" + "SyA1234567890abcdefghijklmnopqrstuv", Mark },
        { "//registry/:_authToken=" + "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789", $"//registry/:_authToken={Mark}" },
        { "Authorization: Bearer " + "a1b2c3d4e5f6a7b8c9d0e1f2", $"Authorization: Bearer {Mark}" },
        { "https://bob:" + "hunter22" + "@example.org/x", $"https://bob:{Mark}@example.org/x" },
        { "t=" + Jwt + ";", $"t={Mark};" },
        { "{\"text\":\"a\\n" + "ghp_" + "0123456789abcdefABCDEF0123456789abcd\"}", $"{{\"text\":\"a\\n{Mark}\"}}" },
    };

    public static TheoryData<string> Harmless =>
    [
        "class=\"sk-folding-cube sk-cube1 sk-loading-indicator-large-animation\"",
        "var task-sk-x = risk-assessment-of-the-2nd-quarter-2026;",
        "postgres://user:password@localhost/db and https://bob:pass@example.org",
        "https://${USER}:${PASSWORD_1}@example.org",
        "Bearer authentication is used; \"Bearer {token}\"",
        "AKIA is the prefix; AKIAIOSFODNN7EXAMPLEANDMORE is longer than a key",
        "npm_config_registry npm_package_version npm_lifecycle_event",
        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----",
        "a PEM begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----",
        "\"integrity\": \"sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg==\"",
        "eyJ is how a token begins, such as eyJhbGciOiJIUzI1NiJ9.payload.signature",
        "git@github.com:owner/name.git 5b6e0f1c2d3a4b5c6d7e8f90a1b2c3d4e5f60718",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Of_WellKnownKeys_AreMaskedAndNothingElseIs(string text, string masked)
    {
        Assert.Equal(masked, SecretMask.Shapes.Of(text));
        Assert.Equal($"x {masked} y", SecretMask.Shapes.Of($"x {text} y"));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Of_TextThatOnlyLooksAlike_IsTheSame(string text) => Assert.Same(text, SecretMask.Shapes.Of(text));

    [Fact]
    public void Of_APrivateKey_KeepsItsLines()
    {
        const string Body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

        var masked = SecretMask.Shapes.Of($"a\n-----BEGIN RSA PRIVATE KEY-----\n{Body}\n{Body}\nQ==\n-----END RSA PRIVATE KEY-----\nb");

        Assert.Equal($"a\n-----BEGIN RSA PRIVATE KEY-----\n{Mark}\n{Mark}\nQ==\n-----END RSA PRIVATE KEY-----\nb", masked);
        Assert.Equal($"\"-----BEGIN PRIVATE KEY-----\\n{Mark}\\n-----END\"", SecretMask.Shapes.Of($"\"-----BEGIN PRIVATE KEY-----\\n{Body}\\n-----END\""));
    }

    [Fact]
    public void Of_KnownValues_AreMaskedWhereverTheyStand()
    {
        var mask = new SecretMask(["correct-horse-1", "correct-horse-1-battery", "tiny", "quote\"d\\value", "first-line-of-a-key\nsecond-line-of-a-key"]);

        Assert.Equal($"a{Mark}b {Mark}", mask.Of("acorrect-horse-1b correct-horse-1-battery"));
        Assert.Equal($"{Mark} and \"{Mark}\"", mask.OfValues("quote\"d\\value and \"quote\\\"d\\\\value\""));
        Assert.Equal($"> {Mark}", mask.Of("> second-line-of-a-key"));
        Assert.Equal("tiny", mask.Of("tiny"));
    }

    [Fact]
    public void OfValues_AModelsSampleOfAKey_StaysAsItWasWritten() => Assert.Same(Jwt, new SecretMask(["some-value-1"]).OfValues(Jwt));

    [Fact]
    public void Of_AnyMixtureOfPieces_HidesEverySecretOnceAndForAll()
    {
        var key = "ghp_" + new string('a', 18) + "0123456789abcdefAB";
        string[] all = ["sk-", "eyJ", "://", "a:", "@", "-----BEGIN PRIVATE KEY-----", "\n", "Bearer ", "x", "_", "-", "\\n", Mark, "AKIA", " "];
        var pieces = Gen.Int[0, all.Length - 1].Select(index => all[index]);
        Gen.Select(pieces.Array[0, 40], pieces.Array[0, 40]).Sample((before, after) =>
        {
            var masked = SecretMask.Shapes.Of($"{string.Concat(before)} {key} {string.Concat(after)}");
            Assert.DoesNotContain(key, masked, StringComparison.Ordinal);
            Assert.Equal(masked, SecretMask.Shapes.Of(masked));
        });
    }

    [Fact]
    public void Of_EverySourceOfThisRepository_IsTheSame()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).Select(file => (file, Text: File.ReadAllText(file))).ToList();

        Assert.True(files.Sum(file => file.Text.Length) > 1_000_000);
        Assert.Empty(files.Where(file => !ReferenceEquals(SecretMask.Shapes.Of(file.Text), file.Text)).Select(file => file.file));
    }

    [Theory]
    [InlineData("sk-")]
    [InlineData("eyJ.")]
    [InlineData("://a:")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("Bearer ")]
    public void Of_AMillionBeginnings_EndsAndChangesNothing(string beginning)
    {
        var text = string.Concat(Enumerable.Repeat(beginning, 1_000_000 / beginning.Length));

        Assert.Same(text, SecretMask.Shapes.Of(text));
    }

    [Fact]
    public void Variables_ThatHoldSecrets_AreTakenAndWordsAreNot()
    {
        var taken = SecretVariables.ValuesOf(new Dictionary<string, string>
        {
            ["ANTHROPIC_API_KEY"] = "local-key-1",
            ["DB_PASSWORD"] = "s3cr3t-of-db",
            ["POSTGRES_PASSWORD"] = "postgres",
            ["TOKENIZERS_PARALLELISM"] = "false",
            ["KEYBOARD_LAYOUT"] = "us-international",
            ["SSH_KEY_PATH"] = "/srv/keys/id",
            ["KEYCLOAK_URL"] = "https://login.example.org",
            ["STRIPE_PUBLIC_KEY"] = "pk_live_1234567890",
            ["EDITOR"] = "s3cr3t-of-nobody",
            ["SHORT_TOKEN"] = "abc123",
        });

        Assert.Equal(["local-key-1", "s3cr3t-of-db"], taken.Order(StringComparer.Ordinal));
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Planlane.slnx")))
                folder = folder.Parent;
            return folder.FullName;
        }
    }
}
