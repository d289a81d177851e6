namespace Storefront.Products;

public static class SampleProducts
{
    public static IReadOnlyList<Product> All { get; } =
    [
        new(Sku.Parse("PEN-BLK-05"), "Gel pen black 0.5 mm", "Writing", 1.85m),
        new(Sku.Parse("PEN-BLU-05"), "Gel pen blue 0.5 mm", "Writing", 1.85m),
        new(Sku.Parse("PCL-HB-12"), "Pencil HB, box of 12", "Writing", 4.20m),
        new(Sku.Parse("MRK-WB-4"), "Whiteboard marker, set of 4", "Writing", 7.95m),
        new(Sku.Parse("NBK-A5-DOT"), "Notebook A5 dotted", "Paper", 6.49m),
        new(Sku.Parse("NBK-A4-LIN"), "Notebook A4 lined", "Paper", 7.99m),
        new(Sku.Parse("PPR-A4-500"), "Copy paper A4, 500 sheets", "Paper", 5.75m),
        new(Sku.Parse("DSK-LMP-LED"), "Desk lamp LED", "Furniture", 39.90m),
        new(Sku.Parse("CHR-ERG-01"), "Ergonomic chair", "Furniture", 289.00m),
        new(Sku.Parse("DSK-STD-140"), "Standing desk 140 cm", "Furniture", 449.00m),
    ];
}
