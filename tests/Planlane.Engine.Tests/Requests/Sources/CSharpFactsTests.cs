using System.Text.Json;

namespace Planlane.Requests.Sources;

public sealed class CSharpFactsTests
{
    private const string Text =
        """
        using System;

        namespace Shop;

        /// <summary>Words that do not count.</summary>
        [Obsolete("x")]
        public sealed partial record Order<T>(
            int Id, // the number
            [property: Obsolete] string? Name = null) : Base(Id), IOrder
            where T : class, new()
        {
            public const int Most = 10;
            private int _hidden;
            protected internal string? Note { get; private set; } = "x";
            public int Sum => Id + 1;
            public int this[int index] { get => 1; set { } }
            public event EventHandler? Changed;
            public Order(string text) : this(1) { }
            public async Task<T?> GetAsync<TKey>(TKey key, int most = 3, params string[] rest)
                where TKey : notnull
            {
                return null;
            }

            public static Order<T> operator +(Order<T> left, int right) => left;
            public static implicit operator int(Order<T> order) => 1;
            void IOrder.Send() { }
            internal void Inner() { }

            public enum Kind { Small = 1, Large }

            class Hidden { public int Odd; }
        }

        public interface IOrder { void Send(); string Title { get; } }

        public delegate int Count(string words);

        class Internal { public void Never() { } }
        """;

    [Fact]
    public void Signatures_PublicAndProtected_AreOneLineEach() => Assert.Equal(
        [
            "7 Order: public sealed partial record Order<T>(int Id, string? Name = null) : Base, IOrder where T : class, new()",
            "12 Order.Most: public const int Most",
            "14 Order.Note: protected internal string? Note { get; }",
            "15 Order.Sum: public int Sum { get; }",
            "16 Order.this[]: public int this[int index] { get; set; }",
            "17 Order.Changed: public event EventHandler? Changed",
            "18 Order.Order: public Order(string text)",
            "19 Order.GetAsync: public async Task<T?> GetAsync<TKey>(TKey key, int most = 3, params string[] rest) where TKey : notnull",
            "25 Order.operator +: public static Order<T> operator +(Order<T> left, int right)",
            "26 Order.operator int: public static implicit operator int(Order<T> order)",
            "30 Order.Kind: public enum Kind",
            "30 Order.Kind.Small: Small = 1",
            "30 Order.Kind.Large: Large",
            "35 IOrder: public interface IOrder",
            "35 IOrder.Send: void Send()",
            "35 IOrder.Title: string Title { get; }",
            "37 Count: public delegate int Count(string words)",
        ],
        new CSharpLanguage().Read(Text).Signatures.Select(signature => $"{signature.Line} {signature.Name}: {signature.Text}"));

    [Fact]
    public void Facts_AsJson_AreReadBackEqual()
    {
        var facts = new CSharpLanguage().Read(Text);

        Assert.Equal(facts, JsonSerializer.Deserialize<SourceFacts>(JsonSerializer.Serialize(facts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("class")]
    [InlineData("namespace A.; using = ; class < { int ( } [ enum")]
    [InlineData("\0\u202e}}}} public class A : , { .x?.[ }")]
    public void Read_BrokenText_DoesNotThrow(string text) => Assert.NotNull(new CSharpLanguage().Read(text));

    [Fact]
    public void Read_VeryLongSum_FindsItsFirstAndLastName()
    {
        var sum = string.Join(" + ", Enumerable.Range(0, 3_000).Select(number => $"Part{number}.Value"));
        var facts = (CSharpFacts)new CSharpLanguage().Read($"class A {{ int x = {sum}; }}");

        Assert.Contains("Part0.Value", facts.Types[0].Names);
        Assert.Contains("Part2999.Value", facts.Types[0].Names);
    }
}
