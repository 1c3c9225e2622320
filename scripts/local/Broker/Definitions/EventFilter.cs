using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Broker.Definitions;

/// <summary>Which events a Trigger takes: <c>filters</c> (exact, prefix, suffix, all, any, not) if there are any, else
/// <c>filter.attributes</c>, where an empty value stands for every value.</summary>
internal sealed class EventFilter(string text, Func<CloudEvent, bool> matches)
{
    public static EventFilter Read(JsonNode? spec)
    {
        if (spec.At("filters") is JsonArray { Count: > 0 } filters)
        {
            var all = filters.OfType<JsonObject>().Select(ReadOne).ToList();
            return new EventFilter(filters.ToJsonString(), cloudEvent => all.TrueForAll(filter => filter(cloudEvent)));
        }

        var attributes = spec.Map("filter", "attributes");
        return new EventFilter(
            string.Join(", ", attributes.Select(pair => $"{pair.Key}={pair.Value}")),
            cloudEvent => attributes.All(pair => Value(cloudEvent, pair.Key) is { } value && (pair.Value.Length == 0 || value == pair.Value)));
    }

    public bool Matches(CloudEvent cloudEvent) => matches(cloudEvent);

    public override string ToString() => text;

    private static Func<CloudEvent, bool> ReadOne(JsonObject filter)
    {
        var tests = filter.Select(pair => (Func<CloudEvent, bool>)(pair.Key switch
        {
            "exact" => Compare(pair.Value, (value, expected) => value == expected),
            "prefix" => Compare(pair.Value, (value, expected) => value.StartsWith(expected, StringComparison.Ordinal)),
            "suffix" => Compare(pair.Value, (value, expected) => value.EndsWith(expected, StringComparison.Ordinal)),
            "all" => Combine(pair.Value, (parts, cloudEvent) => parts.TrueForAll(part => part(cloudEvent))),
            "any" => Combine(pair.Value, (parts, cloudEvent) => parts.Exists(part => part(cloudEvent))),
            "not" => Negate(ReadOne((JsonObject)pair.Value!)),
            _ => throw new FormatException($"filter \"{pair.Key}\" is not one of exact, prefix, suffix, all, any, not."),
        })).ToList();
        return cloudEvent => tests.TrueForAll(test => test(cloudEvent));
    }

    private static Func<CloudEvent, bool> Compare(JsonNode? attributes, Func<string, string, bool> compare)
    {
        var expected = attributes.Map();
        return cloudEvent => expected.All(pair => Value(cloudEvent, pair.Key) is { } value && compare(value, pair.Value));
    }

    private static Func<CloudEvent, bool> Combine(
        JsonNode? parts, Func<List<Func<CloudEvent, bool>>, CloudEvent, bool> combine)
    {
        var filters = ((JsonArray)parts!).OfType<JsonObject>().Select(ReadOne).ToList();
        return cloudEvent => combine(filters, cloudEvent);
    }

    private static Func<CloudEvent, bool> Negate(Func<CloudEvent, bool> filter) => cloudEvent => !filter(cloudEvent);

    private static string? Value(CloudEvent cloudEvent, string attribute) =>
        cloudEvent.GetPopulatedAttributes().Where(pair => pair.Key.Name == attribute)
            .Select(pair => pair.Key.Format(pair.Value)).FirstOrDefault();
}
