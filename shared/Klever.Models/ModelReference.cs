using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Klever.Models;

/// <summary>Where a model is: <c>[registry/]project/model[/…][:tag][@digest]</c> (OCI distribution specification, "Pulling manifests").</summary>
/// <remarks>The first segment is a registry when it holds a dot or a colon or is <c>localhost</c>, so that the short
/// <c>project/model:tag</c> of Klever Model Registry and nested repositories both read as people mean them.</remarks>
public sealed partial record ModelReference
{
    /// <summary>Characters of a whole reference; registries refuse repositories above 255.</summary>
    public const int MaximumLength = 1024;
    private const int MaximumRepositoryLength = 255;

    private ModelReference(string? registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Host and optional port; null for a short reference, which means the configured registry.</summary>
    public string? Registry { get; private init; }

    /// <summary>All path segments, project first: <c>release/nlp/bert</c>.</summary>
    public string Repository { get; }

    public string? Tag { get; private init; }

    public Digest? Digest { get; private init; }

    /// <summary>The first segment of the repository: what Harbor calls project.</summary>
    public string Project => Repository.Split('/', 2)[0];

    /// <summary>The repository without its project; the repository itself when it has one segment only.</summary>
    public string Model => Repository.Contains('/') ? Repository.Split('/', 2)[1] : Repository;

    /// <summary>What a manifest URL ends with: the digest when there is one, else the tag.</summary>
    public string? TagOrDigest => Digest?.ToString() ?? Tag;

    public static ModelReference Parse(string text) =>
        TryParse(text, out var reference, out var problem)
            ? reference
            : throw new FormatException(
                $"\"{Excerpt.Of(text)}\" is not a model reference: {problem}. Expected [registry/]project/model:tag or …@sha256:….");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelReference? reference) =>
        TryParse(text, out reference, out _);

    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out ModelReference? reference,
        [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        problem = Split(text, out var registry, out var repository, out var tag, out var digest);
        if (problem is not null)
        {
            return false;
        }

        reference = new ModelReference(registry, repository, tag, digest);
        return true;
    }

    /// <summary>A reference from its parts, each checked as <see cref="Parse"/> checks it.</summary>
    public static ModelReference Create(string? registry, string repository, string? tag = null, Digest? digest = null) =>
        Parse((registry is null ? "" : registry + "/") + repository
            + (tag is null ? "" : ":" + tag) + (digest is null ? "" : "@" + digest));

    public ModelReference WithRegistry(string? registry) => this with { Registry = registry };

    public ModelReference WithTag(string? tag) => tag is null || TagPattern().IsMatch(tag)
        ? this with { Tag = tag, Digest = null }
        : throw new FormatException($"\"{Excerpt.Of(tag)}\" is not a tag; expected up to 128 of [A-Za-z0-9_.-], not starting with . or -.");

    public ModelReference WithDigest(Digest digest) => this with { Digest = digest };

    public override string ToString() =>
        (Registry is null ? "" : Registry + "/") + Repository
        + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    private static string? Split(string? text, out string? registry, out string repository, out string? tag, out Digest? digest)
    {
        (registry, repository, tag, digest) = (null, "", null, null);
        if (string.IsNullOrEmpty(text))
        {
            return "it is empty";
        }

        if (text.Length > MaximumLength)
        {
            return $"it is longer than {MaximumLength} characters";
        }

        var rest = text;
        if (rest.IndexOf('@') is >= 0 and var at)
        {
            if (!Digest.TryParse(rest[(at + 1)..], out digest))
            {
                return "what follows @ is not a digest";
            }

            rest = rest[..at];
        }

        var slash = rest.IndexOf('/');
        if (slash > 0 && IsRegistry(rest[..slash]))
        {
            registry = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        if (rest.LastIndexOf(':') is >= 0 and var colon)
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
        }

        repository = rest;
        return Check(registry, repository, tag);
    }

    private static string? Check(string? registry, string repository, string? tag) =>
        registry is not null && !RegistryPattern().IsMatch(registry) ? $"\"{Excerpt.Of(registry)}\" is not a host"
        : repository.Length > MaximumRepositoryLength ? $"its repository is longer than {MaximumRepositoryLength} characters"
        : !RepositoryPattern().IsMatch(repository)
            ? $"\"{Excerpt.Of(repository)}\" is not a repository (lower-case letters, digits, and . _ - between them)"
        : tag is not null && !TagPattern().IsMatch(tag) ? $"\"{Excerpt.Of(tag)}\" is not a tag"
        : null;

    private static bool IsRegistry(string segment) =>
        segment == "localhost" || segment.Contains('.') || segment.Contains(':');

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9a-fA-F:.]{2,45}\])(?::[0-9]{1,5})?\z")]
    private static partial Regex RegistryPattern();
}
