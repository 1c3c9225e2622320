using Klever.Functions.Hosting;
using Klever.Oci;
using Klever.Oci.Harbor;

namespace Klever.Functions.Access;

/// <summary>Makes a request's view of the registry, over connections that all requests share.</summary>
internal sealed class CallerRegistries(RegistryClient registry, HarborClient harbor, KleverOptions options)
{
    /// <exception cref="AccessDeniedException">The request has no credential.</exception>
    public CallerRegistry Of(HttpRequest caller)
    {
        if (options.Access == AccessMode.Open)
        {
            return new CallerRegistry(registry, harbor, User: "");
        }

        var credential = CallerCredential.Require(caller);
        return new CallerRegistry(registry.As(credential), harbor.As(credential), credential.Username);
    }
}
