using Catalog;
using Catalog.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCatalog(builder.Configuration["feed"] ?? "products.csv");

var app = builder.Build();
app.MapGet("/products/{sku}", async (string sku, IProductSource products, CancellationToken cancellationToken) =>
    await products.FindAsync(sku, cancellationToken) is { } product ? Results.Ok(product) : Results.NotFound());
app.Run();
