using Tasklist.Errors;
using Tasklist.Status;
using Tasklist.Todos;

namespace Tasklist;

public static class TasklistApp
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ITodoStore, InMemoryTodoStore>();
        builder.Services.AddErrorHandling();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseErrorHandling();
        app.MapStatus();
        app.MapTodos();
        return app;
    }
}
