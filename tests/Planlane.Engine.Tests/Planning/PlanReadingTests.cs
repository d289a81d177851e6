using System.Text.Json.Nodes;

namespace Planlane.Planning;

public sealed class PlanReadingTests
{
    [Theory]
    [InlineData("", "1:1: document-readable: The text is empty.")]
    [InlineData("  \n", "1:1: document-readable: The text is empty.")]
    [InlineData("{\n  \"tasks\": [\n    {\"id\": \"a\",", "3:15: document-readable: The text ends too early: the object /tasks/0 is not closed.")]
    [InlineData("{\"tasks\": [1", "1:13: document-readable: The text ends too early: the array /tasks is not closed.")]
    [InlineData("{\n  \"tasks\" []\n}", "2:11: document-readable: '[' is invalid after a property name. Expected a ':'.")]
    [InlineData("{\n  \"tasks\": [],\n}", "3:1: document-readable: The JSON object contains a trailing comma at the end which is not supported in this mode.")]
    [InlineData("{\"tasks\": []} x", "1:15: document-readable: 'x' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("{\"tasks\": [], 'a': 1}", "1:15: document-readable: ''' is an invalid start of a property name. Expected a '\"'.")]
    public void Read_NoJson_SaysWhereAndWhatWasExpected(string text, string problem) => Assert.Equal(problem, Assert.Single(PlanReading.Of(text).Problems).ToString());

    [Theory]
    [InlineData("[]", "1:1: types-right: the document must be an object, not an array.")]
    [InlineData("{\"tasks\": {}}", "1:11: types-right: /tasks must be an array, not an object.")]
    [InlineData("{\"tasks\": [], \"tasks\": []}", "1:15: members-unique: the document has 'tasks' more than once; keep one.")]
    [InlineData("{\"tasks\": [], \"contract\": []}", "1:15: members-known: 'contract' is no member of the document; did you mean 'contracts'?")]
    [InlineData("{\"tasks\": [], \"tsaks\": []}", "1:15: members-known: 'tsaks' is no member of the document; did you mean 'tasks'?")]
    [InlineData("{\"tasks\": [], \"zzz\": []}", "1:15: members-known: 'zzz' is no member of the document; known are $schema, version, suitability, conventions, contracts, tasks, checks, stages, covers.")]
    [InlineData("{\"tasks\": [], \"suitability\": {\"kind\": \"bugfix\"}}", "1:39: values-known: /suitability/kind is 'bugfix'; did you mean 'bug-fix'?")]
    [InlineData("{\"tasks\": [], \"version\": \"2\"}", "1:26: types-right: /version must be a whole number of at most 2147483647, not a string.")]
    [InlineData("{\"tasks\": [], \"version\": 0}", "1:26: version-known: The document has version 0; write version 3.")]
    [InlineData("{\"tasks\": [], \"stages\": [\"é\", null]}", "1:31: types-right: /stages/1 must be a string, not null.")]
    [InlineData("{\"tasks\": [], \"stages\": [\"\\ud83d\"]}", "1:26: document-readable: A text in /stages/0 holds half of a character (a lone surrogate, or bytes that are not UTF-8).")]
    [InlineData("{\"plan\": {\"tasks\": []}, \"baseCommit\": \"HEAD\"}", "1:39: values-known: /baseCommit is 'HEAD'. It must be: The whole id of the commit that the plan was made for; without it the plan is for whatever HEAD is.")]
    [InlineData("{\"plan\": {\"tasks\": []}, \"request\": 5}", "1:36: types-right: /request must be a string or an object, not 5.")]
    [InlineData("{\"request\": \"Add it\"}", "1:1: members-present: the document lacks 'plan'.")]
    public void Read_OneMistake_IsNamedWithItsPlace(string text, string problem) => Assert.Equal(problem, Assert.Single(PlanReading.Of(text).Problems).ToString());

    [Fact]
    public void Read_ManyMistakes_AreAllToldAtOnce()
    {
        var reading = PlanReading.Of("""
            {
              "plan": {
                "tasks": [
                  { "id": 1, "brief": "x", "owns": ["a"], "dependson": [] },
                  { "brief": "x", "owns": "b", "check": false, "estimate": { "minutes": 1e999, "outputTokens": 2.5 } }
                ],
                "checks": [{ "name": "test" }]
              }
            }
            """);

        Assert.Equal(
            [
                "4:15: types-right: /plan/tasks/0/id must be a string, not 1.",
                "4:47: members-known: 'dependson' is no member of /plan/tasks/0; did you mean 'dependsOn'?",
                "5:31: types-right: /plan/tasks/1/owns must be an array, not a string.",
                "5:45: types-right: /plan/tasks/1/check must be a string or null, not false.",
                "5:77: types-right: /plan/tasks/1/estimate/minutes must be a number, not 1e999.",
                "5:100: types-right: /plan/tasks/1/estimate/outputTokens must be a whole number of at most 2147483647, not 2.5.",
                "5:7: members-present: /plan/tasks/1 lacks 'id'.",
                "7:16: members-present: /plan/checks/0 lacks 'command'.",
            ],
            reading.Problems.Select(problem => problem.ToString()));
        Assert.Null(reading.File);
    }

    [Fact]
    public void Read_HalfOfACharacterInTheText_IsReadAsTheReplacementCharacter()
    {
        var text = "{\"tasks\":[{\"id\":\"a\",\"brief\":\"x\",\"owns\":[\"src/\ud83d.cs\"]}]}";

        Assert.Equal("src/\ufffd.cs", PlanReading.Of(text).File!.Plan.Tasks[0].Owns.ToString());
    }

    [Theory]
    [InlineData("/tasks/0/owns/0", "/plan/tasks/0/owns/0", 3, 50)]
    [InlineData("/tasks/0/check", "/plan/tasks/0/check", 3, 15)]
    [InlineData(null, "/plan", 2, 11)]
    public void Place_ProblemOfTheRules_IsWhereItsValueStands(string? at, string pointer, int line, int column)
    {
        var reading = PlanReading.Of("{\n  \"plan\": {\n    \"tasks\": [{\"id\": \"é\", \"brief\": \"x\", \"owns\": [\"src\"]}]\n  }\n}");

        Assert.Equal(new PlacedProblem("a-rule", "Words.", pointer, line, column), reading.Place(new PlanProblem("a-rule", "Words.") { At = at }));
    }

    [Theory]
    [InlineData("\n```json\n@\n```\n")]
    [InlineData("```\n@\n```")]
    [InlineData(" @ ")]
    public void Answer_DocumentAloneOrInAFence_IsTaken(string answer) =>
        Assert.Equal(GoldenPlans.Third.Plan, PlanDocument.ReadAnswer(answer.Replace("@", PlanDocument.Write(GoldenPlans.Third.Plan))).Plan);

    [Theory]
    [InlineData("Here is the plan:\n@", "it begins with \"Here is the plan:")]
    [InlineData("@\nTell me if it should change.", "'T' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("```json\n@\n```\nTell me more.", "it begins with \"```json")]
    [InlineData("", "The answer is empty")]
    public void Answer_WordsBesideTheDocument_AreRefusedWithTheReason(string answer, string reason)
    {
        var (plan, problems) = PlanDocument.ReadAnswer(answer.Replace("@", PlanDocument.Write(GoldenPlans.Third.Plan)));

        Assert.Null(plan);
        Assert.Equal("document-readable", Assert.Single(problems).Rule);
        Assert.Contains(reason, problems[0].Message);
    }

    [Fact]
    public void Answer_MembersLeftOut_AreMissedAsTheSchemaDemandsThem()
    {
        var (plan, problems) = PlanDocument.ReadAnswer("""{"version":3,"tasks":[{"id":"a","brief":"x","owns":["a"]}]}""");

        Assert.Null(plan);
        Assert.Equal(
            ["title", "outputTokens", "suitability", "conventions", "contracts", "checks"],
            problems.Select(problem => problem.Message.Split('\'')[1]));
        Assert.Equal("/tasks/0", problems[0].At);
    }

    // Journals of earlier versions hold answers that are read again when their runs go on.
    [Fact]
    public void Answer_OfAnEarlierVersion_IsReadAsItsFilesAre()
    {
        var answer = JsonNode.Parse(GoldenPlans.Read("saved-2.json"))!["plan"]!.ToJsonString();

        Assert.Equal(GoldenPlans.Second.Plan, PlanDocument.ReadAnswer(answer).Plan);
    }

    [Fact]
    public void Answer_OfALaterVersion_SaysWhatToDo()
    {
        var (plan, problems) = PlanDocument.ReadAnswer(PlanDocument.Write(GoldenPlans.Third.Plan).Replace("\"version\": 3", "\"version\": 4"));

        Assert.Null(plan);
        Assert.Equal("The document has version 4, but this Planlane knows versions up to 3. Use a newer Planlane, or write version 3.", Assert.Single(problems).Message);
    }

    [Fact]
    public void Answer_EstimateOfEarlierVersions_IsNoMemberOfThisOne()
    {
        var answer = PlanDocument.ToJson(GoldenPlans.Third.Plan);
        answer["tasks"]![0]!["estimate"] = new JsonObject { ["outputTokens"] = 5 };

        Assert.Equal(["members-known"], PlanDocument.ReadAnswer(answer.ToJsonString()).Problems.Select(problem => problem.Rule));
    }
}
