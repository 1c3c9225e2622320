using System.Runtime.ExceptionServices;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>The Roles of <c>knative/base</c> and <c>knative/namespace</c> allow exactly what is done there. The local cluster refuses
/// what a Role does not allow, so that every test of the platform fails on a right that is missing; here is looked at what is
/// refused, and what is not used.</summary>
[Collection("Platform")]
public sealed class RoleTests(PlatformFixture fixture)
{
    private static readonly Grants Grants = new(PlatformFixture.Options);

    public static TheoryData<string> Accounts => [.. Grants.Accounts];

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Roles_OfAnAccount_AreExactlyEnoughInEachNamespace(string account)
    {
        Assert.True(RoleScenarios.All.ContainsKey(account), $"{nameof(RoleScenarios)} has no scenario for the account {account}.");
        using var stage = new RoleStage(fixture.Platform);

        // A right that is missing says more than what came of it.
        var failure = await Record.ExceptionAsync(() => RoleScenarios.All[account](stage));
        foreach (var user in stage.Places.Select(place => Grants.User(account, place.Namespace)).Distinct())
        {
            Grants.RequireEnough(user, await stage.Models.CallsAsync(user));
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var exempt = RoleScenarios.Exempt.Keys.Concat(RoleScenarios.ExemptOf.Keys.Where(key => key.Account == account).Select(key => key.Grant)).ToList();
        foreach (var place in stage.Places)
        {
            var user = Grants.User(account, place.Namespace);
            Grants.RequireNoMore(user, place.Namespace, await stage.Models.CallsAsync(user), exempt);
        }
    }
}
