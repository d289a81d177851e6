namespace Catalog.Tests.Products;

/// <summary>A feed file of one test.</summary>
public sealed class TemporaryFeed : IDisposable
{
    public TemporaryFeed(params string[] lines) => Write(lines);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Write(params string[] lines) => File.WriteAllLines(Path, lines);

    public void Dispose() => File.Delete(Path);
}
