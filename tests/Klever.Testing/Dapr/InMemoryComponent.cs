using Google.Protobuf;

namespace Klever.Testing.Dapr;

/// <summary>In-memory: an item past its time is there for whoever writes, until somebody reads it; every refusal is a mismatch.</summary>
public sealed class InMemoryComponent(ManualClock clock) : RowComponent(clock)
{
    public override (ByteString Value, string ETag)? Get(string key)
    {
        if (Rows.TryGetValue(key, out var row) && IsExpired(row))
        {
            Rows.Remove(key);
        }

        return base.Get(key);
    }

    protected override bool IsTaken(Row? row) => row is not null;

    protected override bool Matches(Row? row, string etag) => row?.ETag == etag;

    protected override ComponentException Taken() => ComponentException.Mismatch();
}
