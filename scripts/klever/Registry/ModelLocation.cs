using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary>A reference with the repository that it is in, ready to be asked.</summary>
internal sealed class ModelLocation : IDisposable
{
    private const string DefaultTag = "latest";
    private const string HttpScheme = "http://";
    private const string HttpsScheme = "https://";

    private readonly RegistryClient _client;

    private ModelLocation(RegistryClient client, ModelReference reference)
    {
        _client = client;
        Reference = reference;
        Repository = client.Repository(reference.Repository);
    }

    /// <summary>With a registry, and with a tag or a digest.</summary>
    public ModelReference Reference { get; }

    public RepositoryClient Repository { get; }

    /// <param name="context">Its environment gives the registry of short references and the credential.</param>
    /// <param name="text">A reference; <c>latest</c> is meant when it has neither tag nor digest.</param>
    public static ModelLocation Open(CommandContext context, string text, RegistryFlags flags)
    {
        var reference = Complete(context, text);
        return new ModelLocation(Connect(context, reference.Registry!, flags), reference);
    }

    /// <summary>The reference with everything that may be left out.</summary>
    /// <exception cref="UsageException">It is short and no registry is configured.</exception>
    public static ModelReference Complete(CommandContext context, string text)
    {
        var reference = Doubled(ModelReference.Parse(text));
        reference = reference.TagOrDigest is null ? reference.WithTag(DefaultTag) : reference;
        return reference.Registry is not null ? reference : reference.WithRegistry(
            DefaultRegistry(context) ?? throw new UsageException(
                $"\"{reference}\" names no registry: write host/{reference}, or set SERVER_ORMB_DOMAIN."));
    }

    // ORMB's short form: host/name is host/name/name, because a project holds the models of a registry.
    private static ModelReference Doubled(ModelReference reference) => reference.Registry is null || reference.Repository.Contains('/')
        ? reference
        : ModelReference.Create(reference.Registry, $"{reference.Repository}/{reference.Repository}", reference.Tag, reference.Digest);

    public static RegistryClient Connect(CommandContext context, string host, RegistryFlags flags)
    {
        var plainHttp = flags.PlainHttp
            || context.FirstVariable("SERVER_ORMB_DOMAIN")?.StartsWith(HttpScheme, StringComparison.Ordinal) is true;
        var options = RegistryOptions.ForHost(host, plainHttp, Credentials.Find(context, host));
        return new RegistryClient(options with { InsecureTls = flags.Insecure });
    }

    public static string? DefaultRegistry(CommandContext context)
    {
        var domain = context.FirstVariable("SERVER_ORMB_DOMAIN");
        foreach (var scheme in new[] { HttpScheme, HttpsScheme })
        {
            domain = domain?.StartsWith(scheme, StringComparison.Ordinal) is true ? domain[scheme.Length..] : domain;
        }

        return domain?.TrimEnd('/');
    }

    public void Dispose() => _client.Dispose();
}
