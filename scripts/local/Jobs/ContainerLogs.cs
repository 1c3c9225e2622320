using System.Collections.Concurrent;

namespace Klever.Local.Jobs;

/// <summary>Where the logs of containers lie: <c>pods/UID/CONTAINER.RUN.log</c> below the data directory.</summary>
internal sealed class ContainerLogs(string podsDirectory)
{
    private readonly ConcurrentDictionary<string, ContainerLog> _open = new();

    public ContainerLog Create(string podUid, string container, int run)
    {
        var path = PathOf(podUid, container, run);
        var log = ContainerLog.Create(path);
        _open[path] = log;
        return log;
    }

    public void Close(string podUid, string container, int run)
    {
        if (_open.TryRemove(PathOf(podUid, container, run), out var log))
        {
            log.Dispose();
        }
    }

    /// <param name="previous">The run before the last one.</param>
    /// <returns>Null when there was no such run.</returns>
    public ContainerLog? Find(string podUid, string container, bool previous)
    {
        var last = 0;
        while (File.Exists(PathOf(podUid, container, last)))
        {
            last++;
        }

        var path = PathOf(podUid, container, last - (previous ? 2 : 1));
        return File.Exists(path) ? _open.GetValueOrDefault(path) ?? ContainerLog.Closed(path) : null;
    }

    private string PathOf(string podUid, string container, int run) =>
        Path.Combine(podsDirectory, podUid, "logs", $"{container}.{run}.log");
}
