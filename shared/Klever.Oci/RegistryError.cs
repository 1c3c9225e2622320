namespace Klever.Oci;

/// <summary>One entry of a registry's error body (distribution specification, "Error Codes").</summary>
/// <param name="Code">Such as <c>MANIFEST_UNKNOWN</c>; empty when the body was not of the registry's JSON.</param>
/// <param name="Message">What the registry says, cut and without control characters.</param>
public sealed record RegistryError(string Code, string Message);
