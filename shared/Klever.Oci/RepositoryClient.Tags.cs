using System.Runtime.CompilerServices;
using Klever.Oci.Transport;

namespace Klever.Oci;

public sealed partial class RepositoryClient
{
    /// <summary>All tags, in the registry's order.</summary>
    public async IAsyncEnumerable<string> ListTagsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var first = At($"tags/list?n={OciLimits.PageSize}");
        await foreach (var page in PageReader.ReadAsync(_transport, first, _pull, cancellationToken))
        {
            foreach (var tag in PageReader.Strings(page, "tags"))
            {
                yield return tag;
            }
        }
    }
}
