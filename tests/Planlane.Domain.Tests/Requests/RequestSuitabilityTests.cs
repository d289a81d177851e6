namespace Planlane.Requests;

public sealed class RequestSuitabilityTests
{
    [Theory]
    [InlineData("Explain how JWT works", true)]
    [InlineData("Please explain the retry policy", true)]
    [InlineData("What does the OrderService do?", true)]
    [InlineData("Why is the cache cold after a restart?", true)]
    [InlineData("How are sessions stored?\nI am new here.", true)]
    [InlineData("Review my code", true)]
    [InlineData("Please review this pull request for races", true)]
    [InlineData("Review system: add product reviews with ratings", false)]
    [InlineData("Explain plan endpoint: add EXPLAIN support to the query API", false)]
    [InlineData("Explain the errors to users: write messages for each code", false)]
    [InlineData("Review my changes and fix what is wrong", false)]
    [InlineData("What is missing for OAuth? Implement it", false)]
    [InlineData("How it should work: a page per order", false)]
    [InlineData("Reviews and ratings for products", false)]
    [InlineData("Explain JWT\nRequirements: a page in docs", false)]
    public void ReasonAgainst_Request_IsGivenOnlyWhenNothingIsToBeMade(string text, bool expected) =>
        Assert.Equal(expected, RequestSuitability.ReasonAgainst(RequestText.Parse(text)) is not null);
}
