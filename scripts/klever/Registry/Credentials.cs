using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary>Finds the credential for a registry: the environment, then what <c>klever login</c> or <c>docker login</c> left.</summary>
internal static class Credentials
{
    /// <returns>Null to ask as nobody.</returns>
    public static RegistryCredential? Find(CommandContext context, string host) =>
        FromEnvironment(context, host) ?? DockerConfig.Load(context).Find(host);

    /// <summary>The account for a Klever API, which is one of Harbor: the environment's, or what was kept for the server, or for the
    /// configured registry. Who names a server trusts it with the account.</summary>
    /// <returns>Null to ask as nobody.</returns>
    public static RegistryCredential? ForServer(CommandContext context, string host)
    {
        var config = DockerConfig.Load(context);
        return Named(context) ?? config.Find(host)
            ?? (ModelLocation.DefaultRegistry(context) is { } registry ? config.Find(registry) : null);
    }

    // A credential that is meant for the configured registry is not shown to another one that a reference happens to name.
    private static RegistryCredential? FromEnvironment(CommandContext context, string host)
    {
        if (ModelLocation.DefaultRegistry(context) is { } configured && configured != host)
        {
            return null;
        }

        return Named(context);
    }

    private static RegistryCredential? Named(CommandContext context)
    {
        var username = context.FirstVariable("ORMB_USERNAME", "SERVER_ORMB_USERNAME");
        var password = context.FirstVariable("ORMB_PASSWORD", "SERVER_ORMB_PASSWORD");
        return username is not null && password is not null ? new RegistryCredential(username, password) : null;
    }
}
