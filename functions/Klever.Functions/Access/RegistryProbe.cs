using Klever.Functions.Hosting;
using Klever.Oci.Harbor;

namespace Klever.Functions.Access;

/// <summary>Tells Harbor from a plain registry: by the setting, or by asking once.</summary>
internal sealed class RegistryProbe(HarborClient harbor, RegistrySettings settings)
{
    private RegistryKind _kind = settings.Kind;

    /// <exception cref="HarborException">The registry does not answer.</exception>
    public async Task<bool> IsHarborAsync(CancellationToken cancellationToken)
    {
        if (_kind == RegistryKind.Auto)
        {
            _kind = await harbor.IsHarborAsync(cancellationToken) ? RegistryKind.Harbor : RegistryKind.Distribution;
        }

        return _kind == RegistryKind.Harbor;
    }
}
