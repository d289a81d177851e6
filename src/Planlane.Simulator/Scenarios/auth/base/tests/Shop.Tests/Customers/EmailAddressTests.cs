using Shop.Customers;

namespace Shop.Tests.Customers;

public sealed class EmailAddressTests
{
    [Fact]
    public void EmailAddress_DifferentCaseAndSpaces_IsTheSameAddress()
    {
        Assert.True(EmailAddress.TryParse(" Ada@Example.com ", out var typed));
        Assert.True(EmailAddress.TryParse("ada@example.com", out var stored));

        Assert.Equal(stored, typed);
    }
}
