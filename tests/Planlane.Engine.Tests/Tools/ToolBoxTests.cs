using System.Text;
using System.Text.Json;
using Planlane.Agents;
using Planlane.Planning;

namespace Planlane.Tools;

public sealed class ToolBoxTests
{
    private const int MostBytes = 6_144;

    [Fact]
    public void FixedPrompt_RulesAndTools_FitInSixKilobytes()
    {
        var tools = ToolBox.Declarations.Sum(tool => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { name = tool.Name, description = tool.Description, input_schema = JsonDocument.Parse(tool.InputSchema).RootElement })));

        Assert.InRange(tools + Encoding.UTF8.GetByteCount(Prompts.Read("Agents/AgentPrompt.md")), 1, MostBytes);
        Assert.InRange(tools + Encoding.UTF8.GetByteCount(AgentAlone.Rules), 1, MostBytes);
    }

    [Fact]
    public void Declarations_All_HaveAnObjectSchemaAndAText()
    {
        Assert.Equal(
            ["delete_file", "edit_file", "finish", "list_files", "move_file", "read_files", "request_file", "run_command", "search", "write_file"],
            ToolBox.Declarations.Select(tool => tool.Name));
        Assert.All(ToolBox.Declarations, tool => Assert.Equal("object", JsonDocument.Parse(tool.InputSchema).RootElement.GetProperty("type").GetString()));
        Assert.All(ToolBox.Declarations, tool => Assert.NotEmpty(tool.Description));
    }

    [Fact]
    public async Task Turn_UnknownTool_IsToldWhichThereAre()
    {
        await using var bench = await ToolBench.WithAsync(("src/a.txt", "a\n"));

        Assert.Equal(
            "There is no tool 'read_file'. There are: delete_file, edit_file, finish, list_files, move_file, read_files, request_file, run_command, search, write_file.",
            (await bench.CallAsync("read_file", new { path = "src/a.txt" })).Text);
    }
}
