using Klever.Models;
using Klever.Registry;

namespace Klever.Oci.Tests.Registries;

public sealed class ListingTests : RegistryTest
{
    protected override InProcessRegistryOptions Options => new() { RelativeLocations = true, MaximumPage = 2 };

    [Fact]
    public async Task ListTags_OverSeveralPages_GivesThemAll()
    {
        var (_, manifest) = await PushModelAsync(Repository(), "v1", Bytes(10));
        foreach (var tag in new[] { "v2", "v3", "v4", "v5" })
        {
            await Repository().TagAsync("v1", tag, Stop);
        }

        var tags = await Repository().ListTagsAsync(Stop).ToListAsync(Stop);

        Assert.Equal(["v1", "v2", "v3", "v4", "v5"], tags);
        Assert.Null(manifest.MediaType);
    }

    [Fact]
    public async Task ListRepositories_OverSeveralPages_GivesThemAll()
    {
        foreach (var name in new[] { "a/one", "b/two", "c/three/deep" })
        {
            await PushModelAsync(Client().Repository(name), "v1", Bytes(10));
        }

        Assert.Equal(["a/one", "b/two", "c/three/deep"], await Client().ListRepositoriesAsync(Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PushReferrer_WithOrWithoutTheApi_IsListedUnderItsSubject(bool api)
    {
        Registry.Referrers = api;
        var (model, _) = await PushModelAsync(Repository(), "v1", Bytes(10));
        foreach (var type in new[] { "application/x.one+json", "application/x.two+json" })
        {
            var config = await Repository().PushBlobAsync("{}"u8.ToArray(), MediaTypes.Empty, Stop);
            await Repository().PushReferrerAsync(
                ImageManifest.Create(config, [config], artifactType: type, subject: model), Stop);
        }

        var all = await Repository().ListReferrersAsync(model.Digest, cancellationToken: Stop);
        var one = await Repository().ListReferrersAsync(model.Digest, "application/x.one+json", Stop);

        Assert.Equal(["application/x.one+json", "application/x.two+json"], all.Select(r => r.ArtifactType).Order());
        Assert.Equal("application/x.one+json", Assert.Single(one).ArtifactType);
        Assert.Equal(!api, (await Repository().ListTagsAsync(Stop).ToListAsync(Stop)).Contains($"sha256-{model.Digest.Hex}"));
    }

    [Fact]
    public async Task ListReferrers_OfWhatHasNone_IsEmpty()
    {
        Registry.Referrers = false;

        Assert.Empty(await Repository().ListReferrersAsync(Digest.Of("x"u8), cancellationToken: Stop));
    }

    [Fact]
    public async Task DeleteManifest_TakesItsTagsAway()
    {
        var (model, _) = await PushModelAsync(Repository(), "v1", Bytes(10));

        await Repository().DeleteManifestAsync(model.Digest, Stop);

        Assert.Null(await Repository().TryResolveAsync("v1", Stop));
        Assert.Empty(await Repository().ListTagsAsync(Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData("v1/../../x")]
    [InlineData("v1?x")]
    [InlineData("")]
    public async Task Resolve_WithWhatIsNoTag_AsksNobody(string tag)
    {
        await Assert.ThrowsAsync<FormatException>(() => Repository().ResolveAsync(tag, Stop));

        Assert.Empty(Registry.Requests);
    }
}
