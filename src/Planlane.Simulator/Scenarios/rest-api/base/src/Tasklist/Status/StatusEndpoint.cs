namespace Tasklist.Status;

public static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", (TimeProvider time) =>
            TypedResults.Ok(new ServiceStatus("tasklist", time.GetUtcNow())));
}
