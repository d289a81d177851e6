using Microsoft.AspNetCore.Diagnostics;

namespace Tasklist.Errors;

public static class ErrorHandling
{
    public static IServiceCollection AddErrorHandling(this IServiceCollection services) => services
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
        .Configure<ExceptionHandlerOptions>(options =>
        {
            options.StatusCodeSelector = StatusOf;
            options.SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException;
        })
        .AddProblemDetails(options => options.CustomizeProblemDetails = Describe);

    public static IApplicationBuilder UseErrorHandling(this IApplicationBuilder app) => app
        .UseExceptionHandler()
        .UseStatusCodePages();

    private static int StatusOf(Exception exception) => exception is BadHttpRequestException refused
        ? refused.StatusCode
        : StatusCodes.Status500InternalServerError;

    private static void Describe(ProblemDetailsContext context)
    {
        context.ProblemDetails.Instance = PathOf(context.HttpContext);

        // The exception's own message names our types: the caller gets words about the request instead.
        if (context.Exception is BadHttpRequestException)
        {
            context.ProblemDetails.Detail = "The query or the JSON body cannot be read as this request.";
        }
    }

    private static string PathOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
}
