namespace Shop.Catalog;

public static class Assortment
{
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("MUG-01", "Enamel mug", 12.50m),
        new("POT-02", "Moka pot", 34.00m),
        new("BEAN-03", "Espresso beans, 1 kg", 21.90m),
    ];
}
