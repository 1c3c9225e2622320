using System.Net.Http.Headers;

namespace Klever.Oci.Authentication;

/// <summary>What a request says of who asks.</summary>
/// <param name="IsFresh">Whether it was made for this very request, so that making it again would change nothing.</param>
internal sealed record Authorization(AuthenticationHeaderValue Header, bool IsFresh)
{
    public bool IsBearer => Header.Scheme == "Bearer";
}
