using System.Text.RegularExpressions;
using Klever.Models;

namespace Klever.Eventing.Pushes;

/// <summary>Gathers the pushes of one notification and checks each of them.</summary>
internal sealed partial class PushCollector(PushFormat format)
{
    private readonly List<PushEvent> _pushes = [];
    private readonly List<string> _ignored = [];
    private string? _malformed;

    public void Ignore(string reason) => _ignored.Add(reason);

    public void Refuse(string problem) => _malformed ??= problem;

    /// <param name="place">Where in the document, for messages.</param>
    /// <param name="repository">As the source names it.</param>
    /// <param name="digest">As the source names it.</param>
    /// <param name="tag">Empty or absent for a push by digest; Harbor repeats the digest instead.</param>
    /// <param name="create">Makes the event of checked values.</param>
    public void Add(
        string place, string? repository, string? digest, string? tag, Func<string, Digest, string?, PushEvent> create)
    {
        if (!Digest.TryParse(digest, out var parsed))
        {
            Refuse($"{place}.digest \"{Excerpt.Of(digest)}\" is not a digest");
            return;
        }

        var name = string.IsNullOrEmpty(tag) || Digest.TryParse(tag, out _) ? null : tag;
        if (name is not null && Referrer().IsMatch(name))
        {
            Ignore($"tag {Excerpt.Of(name)} holds a signature or referrers, not a model");
            return;
        }

        // A host in front keeps the first segment from being read as one: projects of Harbor may have dots.
        var text = $"registry.invalid/{repository}{(name is null ? "" : ":" + name)}";
        if (!ModelReference.TryParse(text, out var reference, out var problem)
            || reference.Repository != repository || reference.Digest is not null)
        {
            Refuse($"{place} does not name a repository and tag: {problem ?? Excerpt.Of(repository)}");
            return;
        }

        _pushes.Add(create(reference.Repository, parsed, name));
    }

    public PushReading ToReading() =>
        new() { Format = format, Pushes = _pushes, Ignored = _ignored, Malformed = _malformed };

    // cosign tags (sha256-….sig) and the fallback tag of OCI referrers.
    [GeneratedRegex(@"\Asha256-[0-9a-f]{64}(\..+)?\z")]
    private static partial Regex Referrer();
}
