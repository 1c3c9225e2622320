using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Selection;

/// <summary>The label and field selectors of one list or watch.</summary>
internal sealed class Selector
{
    private readonly IReadOnlyList<Requirement> _labels;
    private readonly IReadOnlyList<Requirement> _fields;

    private Selector(IReadOnlyList<Requirement> labels, IReadOnlyList<Requirement> fields)
    {
        _labels = labels;
        _fields = fields;
    }

    public bool IsEmpty => _labels.Count == 0 && _fields.Count == 0;

    /// <exception cref="ApiException">400: not a selector, or a field that cannot be selected by.</exception>
    public static Selector Parse(ResourceType type, string? labels, string? fields) =>
        new(LabelSelector.Parse(labels ?? ""), FieldSelector.Parse(type, fields ?? ""));

    public static Selector OfLabels(string labels) => new(LabelSelector.Parse(labels), []);

    public bool Matches(JsonObject item)
    {
        var labels = _labels.Count == 0 ? null : item.Map("metadata", "labels");
        return _labels.All(r => r.Holds(labels!.GetValueOrDefault(r.Key)))
            && _fields.All(r => r.Holds(FieldSelector.Value(item, r.Key)));
    }
}
