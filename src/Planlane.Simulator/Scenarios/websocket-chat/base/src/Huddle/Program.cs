using Huddle;

await HuddleApp.Create(args).RunAsync();
