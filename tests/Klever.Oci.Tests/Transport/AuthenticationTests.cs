using Klever.Registry;

namespace Klever.Oci.Tests.Transport;

public sealed class AuthenticationTests : RegistryTest
{
    private readonly RegistryAccess _access = RegistryAccess.Bearer("robot$release+ci", Password);

    protected override InProcessRegistryOptions Options => new() { Access = _access };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Push_WithATokenRegistry_FetchesOneTokenPerRight(bool accessTokenOnly)
    {
        _access.AccessTokenOnly = accessTokenOnly;

        var (descriptor, _) = await PushModelAsync(Repository(Password), "v1", Bytes(100));

        Assert.Equal(descriptor, await Repository(Password).ResolveAsync("v1", Stop));
        Assert.Equal(3, _access.TokensIssued);
    }

    [Fact]
    public async Task Ping_WithAWrongPassword_IsUnauthorized()
    {
        var exception = await Assert.ThrowsAsync<RegistryException>(() => Client("wrong-password").PingAsync(Stop));

        Assert.True(exception.IsUnauthorized);
        Assert.DoesNotContain("wrong-password", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_WithTheRightPassword_Succeeds() => await Client(Password).PingAsync(Stop);

    [Fact]
    public async Task Resolve_WithAWrongPassword_GivesUpAfterTheTokenWithoutRights()
    {
        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository("wrong-password").ResolveAsync("v1", Stop));

        Assert.True(exception.IsUnauthorized);
        Assert.Equal(1, _access.TokensIssued);
        Assert.Equal(3, Registry.Requests.Count);
    }

    [Fact]
    public async Task OpenUpload_WhoseTokenExpiresMeanwhile_IsCompletedWithANewOne()
    {
        await using var upload = await Repository(Password).OpenUploadAsync(Stop);
        await upload.WriteAsync(Bytes(2_000_000), Stop);
        await upload.WriteAsync(Bytes(2_000_000), Stop);
        _access.ExpireTokens();

        var descriptor = await upload.CompleteAsync("a/b", Stop);

        Assert.True(await Repository(Password).BlobExistsAsync(descriptor.Digest, Stop));
        Assert.Contains(Registry.Requests, r => r is { Method: "PUT", Status: 401 });
        Assert.Contains(Registry.Requests, r => r is { Method: "PUT", Status: 201 });
    }

    [Fact]
    public async Task Resolve_WithATokenAboutToExpire_RenewsItFirst()
    {
        var repository = Repository(Password);
        await PushModelAsync(repository, "v1", Bytes(100));
        await repository.ResolveAsync("v1", Stop);
        var issued = _access.TokensIssued;
        Time.Move(TimeSpan.FromSeconds(1500));
        Registry.ClearRequests();

        await repository.ResolveAsync("v1", Stop);

        Assert.Equal(issued + 1, _access.TokensIssued);
        Assert.DoesNotContain(Registry.Requests, r => r.Status == 401);
    }

    [Fact]
    public async Task Resolve_WithARealmInTheClearElsewhere_KeepsTheCredential()
    {
        _access.Realm = new Uri("http://tokens.example.com/token");

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository(Password).ResolveAsync("v1", Stop));

        Assert.Contains("tokens.example.com without encryption", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_WithARealmAtTheMetadataService_IsRefused()
    {
        _access.Realm = new Uri("http://169.254.169.254/token");

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().ResolveAsync("v1", Stop));

        Assert.Contains("169.254.169.254, a link-local or metadata address", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_WithoutACredentialAndAnEmptyChallenge_IsUnauthorized()
    {
        var headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "" };
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/"), Status = 401, Headers = headers, Times = int.MaxValue });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository(Password).ResolveAsync("v1", Stop));

        Assert.True(exception.IsUnauthorized);
        Assert.Single(Registry.Requests);
    }
}
