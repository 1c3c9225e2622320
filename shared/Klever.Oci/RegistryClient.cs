using System.Net;
using System.Runtime.CompilerServices;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>One registry as one user (OCI distribution specification 1.1). Keeps connections and tokens, is safe for concurrent
/// use, and is meant to live as long as the credential.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly HttpMessageHandler _handler;
    private readonly bool _ownsHandler;
    private readonly RegistryTransport _transport;

    /// <param name="options">Which registry, and as whom.</param>
    /// <param name="handler">What sends the requests in place of a connection of our own; it is not disposed, and must neither
    /// follow redirects nor decompress.</param>
    public RegistryClient(RegistryOptions options, HttpMessageHandler? handler = null)
    {
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", AbsolutePath: "/", Query: "" })
        {
            throw new ArgumentException(
                $"\"{Excerpt.Of(options.Address.ToString())}\" is not the address of a registry; expected http(s)://host[:port]/.",
                nameof(options));
        }

        Options = options;
        _ownsHandler = handler is null;
        _handler = handler ?? RegistryHandler.Create(options);
        _transport = new RegistryTransport(options, _handler);
    }

    public RegistryOptions Options { get; }

    /// <summary>The same registry as somebody else, over the same connections; this client has to outlive the other.</summary>
    public RegistryClient As(RegistryCredential? credential) => new(Options with { Credential = credential }, _handler);

    /// <summary>Asks whether the registry is there and takes the credential. Token endpoints answer a wrong password with a token
    /// without rights when a scope is asked for, so this asks for none.</summary>
    /// <exception cref="RegistryException">It is not there, or <see cref="RegistryException.IsUnauthorized"/>.</exception>
    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        using var response = await _transport.SendAsync(
            new RegistryRequest { Method = HttpMethod.Get, Uri = new Uri(Options.Address, "v2/"), Scopes = [] },
            cancellationToken,
            HttpStatusCode.OK);
    }

    /// <summary>The names of all repositories; Harbor shows them to administrators only.</summary>
    public async IAsyncEnumerable<string> ListRepositoriesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var first = new Uri(Options.Address, $"v2/_catalog?n={OciLimits.PageSize}");
        await foreach (var page in PageReader.ReadAsync(_transport, first, ["registry:catalog:*"], cancellationToken))
        {
            foreach (var name in PageReader.Strings(page, "repositories"))
            {
                yield return name;
            }
        }
    }

    /// <param name="name">Project first: <c>release/nlp/bert</c>.</param>
    /// <exception cref="FormatException">It is not the name of a repository.</exception>
    public RepositoryClient Repository(string name) =>
        new(_transport, ModelReference.Create(registry: "localhost", name).Repository);

    public void Dispose()
    {
        _transport.Dispose();
        if (_ownsHandler)
        {
            _handler.Dispose();
        }
    }
}
