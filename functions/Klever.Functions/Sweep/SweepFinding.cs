using System.Text.Json.Nodes;
using CloudNative.CloudEvents;

namespace Klever.Functions.Sweep;

/// <summary>Something that an event seems to have been lost for, and that event once more.</summary>
/// <param name="Kind">One of <see cref="SweepKinds"/>.</param>
/// <param name="Repository">Project first; whoever may see it may see the finding.</param>
/// <param name="Model">The model as a reference.</param>
/// <param name="ModelJob">NAMESPACE/NAME; for a model without one, where it will be.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Event">What a sweep sends.</param>
internal sealed record SweepFinding(
    string Kind, string Repository, string Model, string ModelJob, string Reason, CloudEvent Event)
{
    public JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["model"] = Model,
        ["modelJob"] = ModelJob,
        ["reason"] = Reason,
        ["event"] = Event.Type,
    };
}
