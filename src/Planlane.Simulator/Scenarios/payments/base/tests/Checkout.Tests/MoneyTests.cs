namespace Checkout.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void Subtract_SameCurrency_KeepsMinorUnitsExact() =>
        Assert.Equal(new Money(1, "EUR"), new Money(1001, "EUR") - new Money(1000, "EUR"));

    [Fact]
    public void Add_OtherCurrency_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));
}
