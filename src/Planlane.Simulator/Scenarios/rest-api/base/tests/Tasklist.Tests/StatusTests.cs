using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tasklist.Status;

namespace Tasklist.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_WhenAsked_TellsServiceAndTime()
    {
        var now = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);
        await using var app = await RunningApp.StartAsync(
            services => services.AddSingleton<TimeProvider>(new ManualClock(now)));

        var status = await app.Client.GetFromJsonAsync<ServiceStatus>(
            "/status", TestContext.Current.CancellationToken);

        Assert.Equal(new ServiceStatus("tasklist", now), status);
    }
}
