using System.Text;
using Planlane.Models;
using Planlane.Runs;

namespace Planlane.Planning;

/// <summary>Builds the conversation of the triage.</summary>
public static class TriagePrompt
{
    /// <summary>The one request of it. It is sent once, so nothing is written to the prompt cache.</summary>
    /// <param name="state">The run.</param>
    /// <param name="glance">The repository at a glance.</param>
    public static ModelRequest For(RunState state, string glance)
    {
        var text = new StringBuilder("<triage>\n<repository>\n").Append(glance).Append("</repository>\n\n<request>\n").Append(state.Request.Goal).Append("\n</request>\n");
        if (state.Request.Constraints.Count > 0)
            text.Append("\n<constraints>\n").AppendJoin('\n', state.Request.Constraints).Append("\n</constraints>\n");
        return new ModelRequest(state.Settings.Agent.Id, TriageRules.AnswerTokens, [new ModelMessage(ModelRole.User, [new ModelBlock.Text(text.Append("</triage>").ToString())])])
        {
            System = [new ModelBlock.Text(Prompts.Read("Planning/RequestTriage.md"))],
            OutputSchema = TriageDocument.Schema,
        };
    }
}
