using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Storage;

/// <summary>One write, as watches see it. The objects are shared and must not be altered.</summary>
/// <param name="Before">Null when the object was created.</param>
/// <param name="After">Null when it was deleted.</param>
internal sealed record Change(long Revision, ObjectKey Key, JsonObject? Before, JsonObject? After)
{
    /// <summary>The object as it was last, carrying the revision of this write.</summary>
    public JsonObject Last()
    {
        if (After is not null)
        {
            return After;
        }

        var last = Before!.Clone();
        last.Metadata()["resourceVersion"] = Revision.ToString();
        return last;
    }
}
