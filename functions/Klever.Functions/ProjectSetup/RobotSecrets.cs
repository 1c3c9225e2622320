using System.Text;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Oci;

namespace Klever.Functions.ProjectSetup;

/// <summary>Keeps an account where the pods of Jobs find it: <c>ORMB_USERNAME</c> and <c>ORMB_PASSWORD</c> of a Secret.</summary>
internal sealed class RobotSecrets(ClusterClient cluster)
{
    public Task<V1Secret?> FindAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.Secrets.FindAsync(namespaceName, name, cancellationToken);

    /// <summary>The account that a Secret holds; null when it holds none.</summary>
    public static RegistryCredential? Read(V1Secret secret) =>
        Text(secret, JobVariables.Username) is { } username && Text(secret, JobVariables.Password) is { } password
            ? new RegistryCredential(username, password)
            : null;

    /// <summary>Creates the Secret, or gives the present one another account.</summary>
    public Task SaveAsync(
        V1Secret? present, string namespaceName, string name, RegistryCredential account, CancellationToken cancellationToken)
    {
        var secret = present ?? New(namespaceName, name);
        secret.StringData = new Dictionary<string, string>
        {
            [JobVariables.Username] = account.Username,
            [JobVariables.Password] = account.Password,
        };
        return present is null
            ? cluster.Secrets.CreateAsync(namespaceName, secret, cancellationToken)
            : cluster.Secrets.ReplaceAsync(namespaceName, name, secret, cancellationToken);
    }

    private static V1Secret New(string namespaceName, string name) => new()
    {
        ApiVersion = ResourceKinds.Secret.ApiVersion,
        Kind = ResourceKinds.Secret.Kind,
        Type = "Opaque",
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = namespaceName,
            Labels = new Dictionary<string, string> { [ModelJobResource.ManagedByLabel] = ModelJobResource.ManagedByValue },
        },
    };

    private static string? Text(V1Secret secret, string key) =>
        secret.Data is { } data && data.TryGetValue(key, out var value) && value is { Length: > 0 } ? Encoding.UTF8.GetString(value) : null;
}
