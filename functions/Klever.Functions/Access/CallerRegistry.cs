using Klever.Oci;
using Klever.Oci.Harbor;

namespace Klever.Functions.Access;

/// <summary>The registry as the caller sees it: what a caller asks for is done with the caller's own account.</summary>
/// <param name="User">Empty where access is open to everyone.</param>
internal sealed record CallerRegistry(RegistryClient Registry, HarborClient Harbor, string User);
