namespace Klever.CommandLine.Registry;

/// <summary>How the registry is spoken to.</summary>
/// <param name="PlainHttp"><c>--plain-http</c>, or <c>PLAIN_HTTP=true</c>.</param>
/// <param name="Insecure"><c>--insecure</c>: any certificate is taken.</param>
internal sealed record RegistryFlags(bool PlainHttp, bool Insecure);
