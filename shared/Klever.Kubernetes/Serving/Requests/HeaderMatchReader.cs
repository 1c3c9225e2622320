namespace Klever.Kubernetes.Serving.Requests;

/// <summary>Reads an entry of <c>trafficMatchs</c>, as Klever's fork of Seldon knew it:
/// <c>{"headers": {"x-user": {"exact": "1"}}}</c>.</summary>
internal static class HeaderMatchReader
{
    // In the order in which the fork looked for them. It took exclude for a plain expression too, which routed what was to be
    // kept out; here it excludes.
    private static readonly (string Name, HeaderMatchKind Kind)[] Kinds =
    [
        ("exact", HeaderMatchKind.Exact),
        ("prefix", HeaderMatchKind.Prefix),
        ("regex", HeaderMatchKind.Regex),
        ("include", HeaderMatchKind.Regex),
        ("exclude", HeaderMatchKind.Exclude),
    ];

    public static HeaderMatch Read(JsonField field)
    {
        var headers = field["headers"];
        var rules = (headers.AsObject() ?? []).Select(header => Rule(header.Key, headers[header.Key])).ToList();
        return rules.Count > 0 ? new HeaderMatch(rules) : throw headers.Invalid("must name at least one header");
    }

    private static HeaderRule Rule(string name, JsonField rule)
    {
        foreach (var (key, kind) in Kinds)
        {
            if (rule[key].AsText() is { } value)
            {
                return new HeaderRule(name.ToLowerInvariant(), kind, value);
            }
        }

        throw rule.Invalid("must have exact, prefix, regex, include or exclude");
    }
}
