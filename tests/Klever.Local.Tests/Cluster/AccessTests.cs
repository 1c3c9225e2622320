using System.Net;
using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;
using Klever.Testing;

namespace Klever.Local.Tests.Cluster;

/// <summary>What the Roles of <c>knative/</c> let its service accounts do, where.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private ClusterClient? _cluster;

    public async ValueTask InitializeAsync() => _cluster = await ClusterClient.StartAsync(options => options with
    {
        Namespaces = ["home", "team-a", "stranger"],
        Roles =
        [
            Applied("base", "home"),
            Applied("components/sweep-everywhere", "home"),
            Applied("namespace", "team-a"),
        ],
    });

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Theory]
    [InlineData("home:model-jobs", "namespaces/home/modeljobs/x", 404)]
    [InlineData("home:model-jobs", "namespaces/team-a/modeljobs/x", 404)]
    [InlineData("home:model-jobs", "namespaces/stranger/modeljobs/x", 403)]
    [InlineData("home:model-jobs", "namespaces/team-a/modeljobs", 403)]
    [InlineData("home:model-jobs", "modeljobs", 403)]
    [InlineData("home:sweep", "modeljobs", 200)]
    [InlineData("home:sweep", "namespaces/stranger/modeljobs", 200)]
    [InlineData("home:sweep", "namespaces/stranger/modeljobs/x", 403)]
    [InlineData("home:klever-sources", "namespaces/home/modeljobs", 200)]
    [InlineData("home:klever-sources", "namespaces/team-a/modeljobs", 403)]
    [InlineData("team-a:klever-sources", "namespaces/team-a/modeljobs", 200)]
    [InlineData("team-a:klever-sources", "namespaces/home/modeljobs", 403)]
    [InlineData("home:harbor-agent", "namespaces/home/modeljobs", 403)]
    public async Task Account_MayDoWhatItsRolesSayWhereTheyAre(string account, string path, int code)
    {
        var (answer, body) = await _cluster!.SendAsync(
            HttpMethod.Get, $"/apis/kleveross.io/v1alpha1/{path}", token: $"local:system:serviceaccount:{account}");

        Assert.Equal((HttpStatusCode)code, answer);
        Assert.Equal(code == 403 ? "Forbidden" : code == 404 ? "NotFound" : null, body.Text("reason"));
    }

    private static AppliedDirectory Applied(string directory, string space) =>
        new(Path.Combine(SharedFolder.Repository, "knative", directory), space, "home");
}
