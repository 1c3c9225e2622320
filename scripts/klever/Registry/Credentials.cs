using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary>Finds the credential for a registry: the environment, then what <c>klever login</c> or <c>docker login</c> left.</summary>
internal static class Credentials
{
    /// <returns>Null to ask as nobody.</returns>
    public static RegistryCredential? Find(CommandContext context, string host) =>
        FromEnvironment(context, host) ?? DockerConfig.Load(context).Find(host);

    // A credential that is meant for the configured registry is not shown to another one that a reference happens to name.
    private static RegistryCredential? FromEnvironment(CommandContext context, string host)
    {
        if (ModelLocation.DefaultRegistry(context) is { } configured && configured != host)
        {
            return null;
        }

        var username = context.FirstVariable("ORMB_USERNAME", "SERVER_ORMB_USERNAME");
        var password = context.FirstVariable("ORMB_PASSWORD", "SERVER_ORMB_PASSWORD");
        return username is not null && password is not null ? new RegistryCredential(username, password) : null;
    }
}
