using System.Text.Json;
using Planlane.Workspaces;

namespace Planlane.Values;

public sealed class TextJsonTests
{
    private static readonly Type[] Texts = [.. typeof(IText<>).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IText<>) && face.GetGenericArguments()[0] == type))];

    public static TheoryData<string> Names => [.. Texts.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Json_EveryTextValue_IsAString(string name)
    {
        var type = Texts.Single(type => type.FullName == name);
        var value = Activator.CreateInstance(type, "a/b")!;

        Assert.Equal("\"a/b\"", JsonSerializer.Serialize(value, type));
        Assert.Equal(value, JsonSerializer.Deserialize("\"a/b\"", type));
        Assert.Equal("a/b", value.ToString());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("null", type));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("1", type));
    }

    [Fact]
    public void Json_TextValueAsMemberName_ComesBackEqual()
    {
        var byTask = new Dictionary<TaskId, int> { [new("a")] = 1 };

        var json = JsonSerializer.Serialize(byTask);

        Assert.Equal("""{"a":1}""", json);
        Assert.Equal(byTask, JsonSerializer.Deserialize<Dictionary<TaskId, int>>(json));
    }

    [Fact]
    public void Json_Ownership_IsAnArrayOfStrings()
    {
        var lane = new Ownership([new("src/a.cs"), new("docs/**")]);

        Assert.Equal("""["src/a.cs","docs/**"]""", JsonSerializer.Serialize(lane));
        Assert.Equal(lane, JsonSerializer.Deserialize<Ownership>("""["src/a.cs","docs/**"]"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Ownership>("\"src/a.cs\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Ownership>("[1]"));
    }
}
