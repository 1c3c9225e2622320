using Klever.Local.Cluster.Objects;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>The Roles of <c>knative/base</c> and <c>knative/namespace</c> allow exactly what is done there. The local cluster refuses
/// what a Role does not allow, so that every test of the platform fails on a right that is missing; here is looked at what is
/// refused, and what is not used.</summary>
[Collection("Platform")]
public sealed class RoleTests(PlatformFixture fixture)
{
    public static TheoryData<string> Accounts => [.. Grant.Accounts];

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Roles_OfAnAccount_AreExactlyEnoughInEachNamespace(string account)
    {
        Assert.True(RoleScenarios.All.ContainsKey(account), $"{nameof(RoleScenarios)} has no scenario for the account {account}.");
        using var stage = new RoleStage(fixture.Platform);

        await RoleScenarios.All[account](stage);

        foreach (var place in stage.Places)
        {
            await RequireExactAsync(stage, account, place.Namespace);
        }
    }

    private static async Task RequireExactAsync(RoleStage stage, string account, string space)
    {
        var user = Grant.User(account, space);
        var calls = await stage.CallsAsync(user);
        var missing = calls.Where(call => call.Number("code") == 403)
            .Select(call => $"{Grant.Of(call)} in {call.Text("namespace") ?? "all namespaces"}").Distinct().ToList();
        var unused = Grant.Allowed(user, space).Except(calls.Where(call => call.Text("namespace") == space).Select(Grant.Of))
            .Where(grant => !RoleScenarios.Exempt.ContainsKey(grant) && !RoleScenarios.ExemptOf.ContainsKey((account, grant))).ToList();
        Assert.True(
            missing.Count == 0,
            $"{user} lacks \"{string.Join("\", \"", missing)}\". Add it to its Role, or do without the call.");
        Assert.True(
            unused.Count == 0,
            $"In {space}, {user} is allowed \"{string.Join("\", \"", unused)}\", which it did not use. "
            + $"Take it away, or show in {nameof(RoleScenarios)} what needs it.");
    }
}
