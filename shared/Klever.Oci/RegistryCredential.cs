using System.Net.Http.Headers;
using System.Text;

namespace Klever.Oci;

/// <summary>A user or robot account of a registry. Only <see cref="Password"/> itself shows the password.</summary>
public sealed record RegistryCredential(string Username, string Password)
{
    internal AuthenticationHeaderValue Header { get; } =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}")));

    public override string ToString() => $"{Username}:***";
}
