using Microsoft.AspNetCore.Builder;
using Shop.Catalog;

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/products", () => Assortment.Products);
app.Run();
