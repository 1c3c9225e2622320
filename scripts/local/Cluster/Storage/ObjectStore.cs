using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Storage;

/// <summary>All objects of the cluster: held in memory, written through to SQLite, each write under one lock and with the next
/// revision, which becomes the object's <c>resourceVersion</c>.</summary>
/// <remarks>Objects that it gives out are shared: read them, clone them, never alter them.</remarks>
internal sealed class ObjectStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ObjectFile _file;
    private readonly Dictionary<string, SortedDictionary<(string Namespace, string Name), JsonObject>> _types = [];
    private long _revision;

    /// <param name="path">The SQLite file; null keeps everything in memory.</param>
    public ObjectStore(string? path)
    {
        _file = new ObjectFile(path);
        _revision = Math.Max(1, _file.ReadRevision());
        foreach (var (key, item) in _file.ReadAll())
        {
            Table(key.Type)[(key.Namespace, key.Name)] = item;
        }

        History.Start(_revision);
    }

    public ChangeHistory History { get; } = new();

    public long Revision
    {
        get
        {
            lock (_gate)
            {
                return _revision;
            }
        }
    }

    public JsonObject? Find(ObjectKey key)
    {
        lock (_gate)
        {
            return _types.TryGetValue(key.Type, out var table) ? table.GetValueOrDefault((key.Namespace, key.Name)) : null;
        }
    }

    /// <summary>The objects of a type in order of namespace and name, and the revision they are read at.</summary>
    /// <param name="ns">Null for all namespaces.</param>
    public (IReadOnlyList<JsonObject> Items, long Revision) List(string type, string? ns)
    {
        lock (_gate)
        {
            return ([.. Table(type).Where(p => ns is null || p.Key.Namespace == ns).Select(p => p.Value)], _revision);
        }
    }

    /// <summary>Every object of every type.</summary>
    public IReadOnlyList<(ObjectKey Key, JsonObject Item)> All()
    {
        lock (_gate)
        {
            return [.. _types.SelectMany(t => t.Value.Select(p => (new ObjectKey(t.Key, p.Key.Namespace, p.Key.Name), p.Value)))];
        }
    }

    /// <summary>Reads, decides and writes as one step.</summary>
    /// <param name="decide">Gets the stored object or null, and gives a new object to store, null to delete, or the same object
    /// (or an equal one) for no write. It must not alter its argument; what it throws leaves everything as it was.</param>
    /// <param name="dryRun">Decide, but do not write.</param>
    /// <returns>What is stored afterwards.</returns>
    public JsonObject? Apply(ObjectKey key, Func<JsonObject?, JsonObject?> decide, bool dryRun = false)
    {
        lock (_gate)
        {
            var before = Find(key);
            var after = decide(before);
            if (dryRun || ReferenceEquals(before, after) || JsonNode.DeepEquals(before, after))
            {
                return after;
            }

            var revision = _revision + 1;
            var stored = after is null ? null : Freeze(after, revision);
            _file.Write(key, stored?.ToJsonString(), revision);
            _revision = revision;
            Keep(key, stored);
            History.Add(new Change(revision, key, before, stored));
            return stored;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private void Keep(ObjectKey key, JsonObject? stored)
    {
        if (stored is null)
        {
            Table(key.Type).Remove((key.Namespace, key.Name));
        }
        else
        {
            Table(key.Type)[(key.Namespace, key.Name)] = stored;
        }
    }

    private SortedDictionary<(string Namespace, string Name), JsonObject> Table(string type)
    {
        if (!_types.TryGetValue(type, out var table))
        {
            _types[type] = table = new SortedDictionary<(string, string), JsonObject>(KeyOrder.Instance);
        }

        return table;
    }

    /// <summary>A copy of its own that carries the revision.</summary>
    private static JsonObject Freeze(JsonObject item, long revision)
    {
        var copy = item.Clone();
        copy.Metadata()["resourceVersion"] = revision.ToString();
        return copy;
    }
}
