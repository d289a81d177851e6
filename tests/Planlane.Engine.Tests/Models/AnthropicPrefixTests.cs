namespace Planlane.Models;

public sealed class AnthropicPrefixTests
{
    private static readonly ModelRequest Request = RequestOf("shared", "brief");

    [Fact]
    public void KeyOf_RequestsThatDifferBehindTheFirstMark_IsTheSame() =>
        Assert.Single(new[] { Request, RequestOf("shared", "another"), Request with { MaxOutputTokens = 5 } }.Select(KeyOf).Distinct());

    [Fact]
    public void KeyOf_OneByteBeforeTheMark_ChangesIt() => Assert.Equal(
        6,
        new[]
        {
            Request, RequestOf("shared ", "brief"), Request with { Model = new("claude-sonnet-4-5") }, Request with { System = [new ModelBlock.Text("Be brief.")] },
            Request with { Tools = [new ModelTool("read", "Reads.", "{}")] }, RequestOf("shared", "brief", CacheLifetime.OneHour),
        }.Select(KeyOf).Distinct().Count());

    [Fact]
    public void KeyOf_NothingIsMarked_IsNone() => Assert.Null(KeyOf(RequestOf("shared", "brief", CacheLifetime.None)));

    private static ModelRequest RequestOf(string shared, string brief, CacheLifetime cache = CacheLifetime.FiveMinutes) =>
        new(new("claude-haiku-4-5"), 100, [new ModelMessage(ModelRole.User, [new ModelBlock.Text(shared) { Cache = cache }, new ModelBlock.Text(brief)])])
        {
            System = [new ModelBlock.Text("Be kind.")],
            Tools = [new ModelTool("write", "Writes.", "{}")],
        };

    private static string? KeyOf(ModelRequest request) => AnthropicPrefix.KeyOf(AnthropicBody.Of(ChatShapes.MessagesOf(request), ChatShapes.OptionsOf(request)));
}
