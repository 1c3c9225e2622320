using System.Security.Cryptography;
using System.Text;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>Names of ModelJobs: legal DNS labels (RFC 1123) for any input, and the same for the same work, so that
/// creating one
/// twice is answered with AlreadyExists. A Job and its pods carry the name on, hence
/// <see cref="MaximumLength"/>.</summary>
public static class ModelJobNames
{
    /// <summary>Characters of a name: a label of 63 less the suffix that a pod gets.</summary>
    public const int MaximumLength = 52;

    private const int HashLength = 10;

    /// <summary>The name of the automatic extraction of <paramref name="digest"/>. It knows no tag, on purpose: one digest under two
    /// tags is read once, and whoever looks for the ModelJob need not know which tag it came by.</summary>
    /// <param name="repository">Project first, without a registry.</param>
    /// <param name="digest">The manifest that is read.</param>
    /// <param name="extractorVersion">A newer extractor does the work once more.</param>
    public static string ForExtraction(string repository, Digest digest, string extractorVersion) =>
        Name("extract", repository, $"{repository}@{digest},{extractorVersion}");

    /// <summary>The name of a conversion on request: the same source, formats and target are the same work.</summary>
    public static string ForConversion(ModelReference model, Digest digest, FormatPair formats, string desiredTag) =>
        Name("convert", model, $"{model.Repository}@{digest},{formats.From},{formats.To},{desiredTag}");

    /// <summary>A name for a ModelJob that came over REST without one; <paramref name="request"/> makes it
    /// unique.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="request">An id of the request; the same id gives the same name, so a retried request creates
    /// nothing twice.</param>
    public static string ForRequest(ModelJobSpec spec, string request)
    {
        var verb = spec.Conversion is null ? "extract" : "convert";
        return ModelReference.TryParse(spec.Model, out var model)
            ? Name(verb, model, $"{spec.Model},{request}")
            : Name(verb, spec.Model, $"{spec.Model},{request}");
    }

    private static string Name(string verb, ModelReference model, string identity) =>
        Name(verb, $"{model.Repository}-{model.Tag ?? model.Digest?.Short}", identity);

    private static string Name(string verb, string readable, string identity)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..HashLength];
        var slug = Slug(readable, MaximumLength - verb.Length - HashLength - 2);
        return slug.Length == 0 ? $"{verb}-{hash}" : $"{verb}-{slug}-{hash}";
    }

    private static string Slug(string text, int length)
    {
        var slug = new StringBuilder(length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z' or >= '0' and <= '9')
            {
                slug.Append(lower);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == length)
            {
                break;
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
