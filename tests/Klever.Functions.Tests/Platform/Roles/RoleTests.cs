using Klever.Local.Cluster.Objects;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>The Roles of <c>knative/base</c> allow exactly what the functions do. The local cluster refuses what a Role does not
/// allow, so that every test of the platform fails on a right that is missing; here is looked at what is refused, and what is not used.</summary>
[Collection("Platform")]
public sealed class RoleTests(PlatformFixture fixture)
{
    public static TheoryData<string> Services => [.. Grant.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Role_OfAService_IsExactlyEnough(string service)
    {
        Assert.True(RoleScenarios.All.ContainsKey(service), $"{nameof(RoleScenarios)} has no scenario for the Service {service}.");
        using var stage = new RoleStage(fixture.Platform);

        await RoleScenarios.All[service](stage);

        var calls = await stage.CallsAsync(service);
        var missing = calls.Where(call => call.Number("code") == 403).Select(Grant.Of).Distinct().ToList();
        var unused = Grant.Allowed(service).Except(calls.Select(Grant.Of))
            .Where(grant => !RoleScenarios.Exempt.ContainsKey(grant) && !RoleScenarios.ExemptOf.ContainsKey((service, grant))).ToList();
        Assert.True(
            missing.Count == 0,
            $"knative/base: the Role {service} lacks \"{string.Join("\", \"", missing)}\". Add it, or do without the call.");
        Assert.True(
            unused.Count == 0,
            $"knative/base: the Role {service} allows \"{string.Join("\", \"", unused)}\", which the Service did not use. "
            + $"Take it away, or show in {nameof(RoleScenarios)} what needs it.");
    }
}
