using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>The last calls, in order.</summary>
internal sealed class AuditLog
{
    private const int Capacity = 20_000;
    private readonly Queue<AuditEntry> _entries = new();
    private readonly Lock _gate = new();

    public void Add(AuditEntry entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > Capacity)
            {
                _entries.Dequeue();
            }
        }
    }

    public IReadOnlyList<AuditEntry> Read(string? user = null)
    {
        lock (_gate)
        {
            return [.. _entries.Where(e => string.IsNullOrEmpty(user) || e.User == user)];
        }
    }

    public static JsonObject ToJson(AuditEntry entry) => new()
    {
        ["time"] = Timestamp.Microseconds(entry.Time),
        ["user"] = entry.User,
        ["verb"] = entry.Verb,
        ["group"] = entry.Group,
        ["resource"] = entry.Resource,
        ["namespace"] = entry.Namespace,
        ["name"] = entry.Name,
        ["code"] = entry.Code,
    };
}
