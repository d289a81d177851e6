using Tasklist;

await TasklistApp.Create(args).RunAsync();
