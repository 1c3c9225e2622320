using Klever.Registry;

namespace Klever.Oci.Tests.Transport;

public sealed class FailureTests : RegistryTest
{
    private const string Upper =
        """{"errors":[{"code":"DENIED","message":"adding 1.0 GiB of storage resource, which when updated will exceed the configured upper limit of 1.0 GiB."}]}""";

    [Fact]
    public async Task Resolve_AfterRetryAfter_WaitsAsLongAsAskedAndSucceeds()
    {
        var (descriptor, _) = await PushModelAsync(Repository(), "v1", Bytes(100));
        var headers = new Dictionary<string, string> { ["Retry-After"] = "7" };
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/manifests/v1"), Status = 429, Headers = headers });

        Assert.Equal(descriptor, await Repository().ResolveAsync("v1", Stop));
        Assert.Equal([TimeSpan.FromSeconds(7)], Time.Pauses);
    }

    [Fact]
    public async Task Resolve_AskedToWaitForAnHour_WaitsNoLongerThanTheCap()
    {
        await PushModelAsync(Repository(), "v1", Bytes(100));
        var headers = new Dictionary<string, string> { ["Retry-After"] = "3600" };
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/manifests/v1"), Status = 503, Headers = headers });

        await Repository().ResolveAsync("v1", Stop);

        Assert.Equal([TimeSpan.FromSeconds(60)], Time.Pauses);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Resolve_WhenItNeverRecovers_GivesUpAfterFourAttempts(int status)
    {
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/"), Status = status, Times = int.MaxValue });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().ResolveAsync("v1", Stop));

        Assert.True(exception.IsTransient);
        Assert.Equal(4, Registry.Requests.Count);
        Assert.Equal(3, Time.Pauses.Count);
    }

    [Fact]
    public async Task PushManifest_AnsweredUnknown_IsSentTwiceOnly()
    {
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("PUT", "/manifests/"),
            Status = 500,
            Times = int.MaxValue,
            Body = """{"errors":[{"code":"UNKNOWN","message":"internal server error"}]}""",
        });

        var exception = await Assert.ThrowsAsync<RegistryException>(
            () => Repository().PushManifestAsync("v1", "{}"u8.ToArray(), MediaTypes.ImageManifest, Stop));

        Assert.Equal($"PUT {Registry.Address}v2/{Name}/manifests/v1: 500 UNKNOWN: internal server error", exception.Message);
        Assert.Equal(2, Registry.Requests.Count);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task PushManifest_WhoseBlobIsOutOfSight_IsSentUntilItIsSeen(int times, bool succeeds)
    {
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("PUT", "/manifests/"),
            Status = 400,
            Times = times,
            Body = """{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"},{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}""",
        });

        var refusal = await Record.ExceptionAsync(() => PushModelAsync(Repository(), "v1", Bytes(100)));

        Assert.Equal(succeeds, refusal is null);
        Assert.True(refusal is null or RegistryException { IsBlobUnknown: true, IsTransient: false });
        Assert.Equal(Math.Min(times, 3), Time.Pauses.Count);
    }

    [Fact]
    public async Task PushBlob_OverQuota_IsNotTriedAgain()
    {
        Registry.Add(new RegistryFault { When = RegistryFault.On("POST", "/blobs/"), Status = 403, Body = Upper, Times = int.MaxValue });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().PushBlobAsync(Bytes(9), "a/b", Stop));

        Assert.True(exception is { IsQuota: true, IsDenied: true, IsTransient: false });
        Assert.Single(Registry.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task PushBlob_ToAReadOnlyRegistry_MaySucceedLater()
    {
        const string Body = """{"errors":[{"code":"DENIED","message":"The system is in read only mode. Any modification is prohibited."}]}""";
        Registry.Add(new RegistryFault { When = RegistryFault.On("POST", "/blobs/"), Status = 403, Body = Body, Times = int.MaxValue });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().PushBlobAsync(Bytes(9), "a/b", Stop));

        Assert.True(exception is { IsReadOnly: true, IsTransient: true, IsQuota: false });
    }

    [Fact]
    public async Task PushManifest_ToAnImmutableTag_SaysSo()
    {
        const string Body = """{"errors":[{"code":"PRECONDITION","message":"configured as immutable, cannot be updated"}]}""";
        Registry.Add(new RegistryFault { When = RegistryFault.On("PUT", "/manifests/"), Status = 412, Body = Body });

        var exception = await Assert.ThrowsAsync<RegistryException>(
            () => Repository().PushManifestAsync("v1", "{}"u8.ToArray(), MediaTypes.ImageManifest, Stop));

        Assert.True(exception is { IsImmutable: true, IsPolicyViolation: false, IsTransient: false });
    }

    [Fact]
    public async Task FetchManifest_BlockedByPolicy_IsNotCalledImmutable()
    {
        const string Body = """{"errors":[{"code":"PROJECTPOLICYVIOLATION","message":"not signed"}]}""";
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/manifests/"), Status = 412, Body = Body });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().FetchManifestAsync("v1", Stop));

        Assert.True(exception is { IsPolicyViolation: true, IsImmutable: false });
    }

    [Fact]
    public async Task PushBlob_RefusedWithHtml_QuotesIt()
    {
        const string Html = "<html>\r\n<head><title>413 Request Entity Too Large</title></head></html>";
        Registry.Add(new RegistryFault { When = RegistryFault.On("PUT", "/blobs/"), Status = 413, ContentType = "text/html", Body = Html });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().PushBlobAsync(Bytes(9), "a/b", Stop));

        Assert.True(exception.IsTooLarge);
        Assert.EndsWith(": 413 <html> <head><title>413 Request Entity Too Large</title></head></html>", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("_state", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyFailure_EchoingTheCredential_DoesNotShowIt()
    {
        var credential = new RegistryCredential("robot$release+ci", Password);
        var basic = Convert.ToBase64String("robot$release+ci:p4ss-w0rd-of-test"u8);
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/"), Status = 400 });
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/"), Status = 400, ContentType = "text/plain", Body = $"{basic} {Password}" });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository(Password).FetchManifestAsync("v1", Stop));

        Assert.EndsWith(": 400 *** ***", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal("robot$release+ci:***", credential.ToString());
    }

    [Fact]
    public async Task Resolve_WhenNobodyListens_IsTransient()
    {
        var repository = Repository(Password);
        await Registry.DisposeAsync();

        var exception = await Assert.ThrowsAsync<RegistryException>(() => repository.ResolveAsync("v1", Stop));

        Assert.True(exception is { IsTransient: true, Status: null });
        Assert.DoesNotContain(Password, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_WhenNothingMoves_TimesOut()
    {
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/"), Delay = TimeSpan.FromSeconds(20), Times = int.MaxValue });
        var repository = Client(activityTimeout: TimeSpan.FromMilliseconds(100)).Repository(Name);

        var exception = await Assert.ThrowsAsync<RegistryException>(() => repository.ResolveAsync("v1", Stop));

        Assert.EndsWith("no answer: nothing moved for 0.1 s", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task PushBlob_WhoseConnectionBreaks_IsBegunAnew()
    {
        var content = Bytes(1_000_000);
        Registry.Add(new RegistryFault { When = RegistryFault.On("PUT", "/blobs/"), CutRequestAfter = 300_000 });

        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);

        Assert.Equal(content, await Repository().FetchBlobBytesAsync(descriptor, cancellationToken: Stop));
        Assert.Equal(2, Registry.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task FetchManifest_CutInItsBody_IsTransient()
    {
        await PushModelAsync(Repository(), "v1", Bytes(100));
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/manifests/"), CutAfter = 50 });

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository().FetchManifestAsync("v1", Stop));

        Assert.EndsWith("no answer: the manifest broke off", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task TryResolve_OfAnUnknownTag_IsNull() => Assert.Null(await Repository().TryResolveAsync("none", Stop));
}
