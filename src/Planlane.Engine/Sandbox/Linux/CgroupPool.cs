using System.Collections.Concurrent;
using System.Globalization;

namespace Planlane.Sandbox.Linux;

/// <summary>Control groups that boxes borrow: making one costs as much as a whole box. Thread-safe.</summary>
internal sealed class CgroupPool
{
    private const string Mount = "/sys/fs/cgroup";
    private const string Prefix = "planlane-";

    // Of the whole process: two pools must not share a group.
    private static int _count;

    private readonly string _memory;
    private readonly string _pids;
    private readonly bool _isUnified;
    private readonly ConcurrentBag<Cgroup> _free = [];

    private CgroupPool(string memory, string pids, bool isUnified)
    {
        (_memory, _pids, _isUnified) = (memory, pids, isUnified);
        RemoveOrphans();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var group in _free)
                group.Remove();
        };
    }

    /// <summary>A pool below the group of this process; null where this user may make no groups.</summary>
    public static CgroupPool? Find()
    {
        if (Parents() is not { } parents)
            return null;
        try
        {
            var pool = new CgroupPool(parents.Memory, parents.Pids, parents.Memory == parents.Pids);
            pool.Return(pool.Take(BoxLimits.Default));
            return pool;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A group with these limits.</summary>
    public Cgroup Take(BoxLimits limits)
    {
        if (!_free.TryTake(out var group))
        {
            var name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
            group = new Cgroup(Path.Combine(_memory, name), Path.Combine(_pids, name), _isUnified);
            group.Create();
        }

        group.Begin(limits);
        return group;
    }

    /// <summary>Gives a group back; one that is still in use is not lent again.</summary>
    public void Return(Cgroup group)
    {
        if (group.Processes.Count == 0)
            _free.Add(group);
    }

    // Version 1 has a hierarchy for each; in version 2 a group may have children that count only where it, or one above, hands the counters down.
    private static (string Memory, string Pids)? Parents()
    {
        var own = Own();
        if (own.TryGetValue("memory", out var memory) && own.TryGetValue("pids", out var pids))
            return (Existing($"{Mount}/memory", memory), Existing($"{Mount}/pids", pids));
        if (!own.TryGetValue("", out var path) || !File.Exists($"{Mount}/cgroup.controllers"))
            return null;
        for (var folder = Existing(Mount, path); folder.Length >= Mount.Length; folder = Path.GetDirectoryName(folder)!)
            if (File.Exists($"{folder}/cgroup.subtree_control") && File.ReadAllText($"{folder}/cgroup.subtree_control").Split([' ', '\n']) is var handed && handed.Contains("memory") && handed.Contains("pids"))
                return (folder, folder);
        return null;
    }

    private static Dictionary<string, string> Own() => File.Exists("/proc/self/cgroup")
        ? File.ReadAllLines("/proc/self/cgroup").Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3)
            .SelectMany(parts => parts[1].Split(',').Select(name => (name, path: parts[2]))).GroupBy(pair => pair.name).ToDictionary(group => group.Key, group => group.First().path)
        : [];

    // In a container the path may be that of the host, which is not mounted.
    private static string Existing(string mount, string path) => Directory.Exists(mount + path) ? (mount + path).TrimEnd('/') : mount;

    private void RemoveOrphans()
    {
        foreach (var folder in new[] { _memory, _pids }.Distinct().Where(Directory.Exists).SelectMany(parent => Directory.EnumerateDirectories(parent, $"{Prefix}*")))
            if (int.TryParse(Path.GetFileName(folder).Split('-')[1], CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}"))
                new Cgroup(folder, folder, _isUnified).Remove();
    }
}
