namespace Tasklist.Status;

public sealed record ServiceStatus(string Service, DateTimeOffset Time);
