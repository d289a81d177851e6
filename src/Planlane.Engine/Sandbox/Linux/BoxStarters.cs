using System.Collections.Concurrent;

namespace Planlane.Sandbox.Linux;

/// <summary>Keeps starters ready, as many as commands ran at once, and not more than the machine has processors. Thread-safe.</summary>
internal sealed class BoxStarters : IDisposable
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private readonly BoxTools _tools;
    private readonly BoxHost _host;
    private readonly CgroupPool? _groups;
    private readonly bool _isNested;
    private readonly ConcurrentQueue<BoxStarter> _ready = [];
    private readonly ConcurrentDictionary<Task, bool> _going = [];
    private volatile bool _isOver;

    /// <summary>Keeps none at first.</summary>
    /// <param name="tools">The programs.</param>
    /// <param name="host">The user.</param>
    /// <param name="groups">Control groups; null where there are none.</param>
    /// <param name="isNested">Whether layers are to be mounted in them.</param>
    public BoxStarters(BoxTools tools, BoxHost host, CgroupPool? groups, bool isNested)
    {
        (_tools, _host, _groups, _isNested) = (tools, host, groups, isNested);
        BoxFolder.RemoveOrphans();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>One for a command with these limits.</summary>
    public BoxStarter Take(BoxLimits limits)
    {
        while (_ready.TryDequeue(out var ready))
        {
            ready.Group?.Begin(limits);
            if (!ready.HasEnded && ready.Folder.IsOf(_host))
                return ready;
            End(ready);
        }

        return BoxStarter.Start(_tools, _host, _isNested, _groups?.Take(limits));
    }

    /// <summary>Takes back one whose command has ended. Its folder is removed, and another one made ready, while the caller goes on.</summary>
    public void Return(BoxStarter used)
    {
        used.Dispose();
        Leave(used);
        if (_isOver)
            used.Folder.Remove();
        else
            Follow(() => Renew(used));
    }

    /// <summary>Ends those that are ready, and waits until their folders are gone.</summary>
    public void Dispose()
    {
        _isOver = true;
        Task.WaitAll([.. _going.Keys], MostPatience);
        EndReady();
    }

    private void Renew(BoxStarter used)
    {
        used.Folder.Remove();
        if (_ready.Count >= Environment.ProcessorCount || _isOver)
            return;
        _ready.Enqueue(BoxStarter.Start(_tools, _host, _isNested, _groups?.Take(BoxLimits.Default)));
        if (_isOver)
            EndReady();
    }

    private void EndReady()
    {
        while (_ready.TryDequeue(out var ready))
            End(ready);
    }

    // What is going on when the process ends is waited for.
    private void Follow(Action work)
    {
        var task = new Task(work);
        _going[task] = true;
        task.ContinueWith(done => _going.TryRemove(done, out _), TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
    }

    private void End(BoxStarter ready)
    {
        ready.Process.Kill(withTree: true);
        ready.Process.Exited.Wait(MostPatience);
        ready.Dispose();
        Leave(ready);
        ready.Folder.Remove();
    }

    private void Leave(BoxStarter starter)
    {
        if (starter.Group is { } group)
            _groups!.Return(group);
    }
}
