using Klever.Models;
using Klever.Registry;

namespace Klever.Oci.Tests.Transport;

public sealed class UploadTests : RegistryTest
{
    protected override InProcessRegistryOptions Options => new() { RelativeLocations = true };

    [Fact]
    public async Task OpenUpload_WrittenInPieces_SendsDataByPatchOnly()
    {
        var content = Bytes(1_500_000);
        await using var upload = await Repository().OpenUploadAsync(Stop);
        await upload.WriteAsync(content.AsMemory(0, 10), Stop);
        upload.Write(content.AsSpan(10, 999_990));
        await upload.WriteAsync(content.AsMemory(1_000_000), Stop);

        var descriptor = await upload.CompleteAsync("application/tar+gzip", Stop);

        Assert.Equal(Descriptor.Of("application/tar+gzip", content), descriptor);
        Assert.Equal(content, await Repository().FetchBlobBytesAsync(descriptor, cancellationToken: Stop));
        Assert.Equal([("POST", 0L), ("PATCH", 1_500_000L), ("PUT", 0L)], Registry.Requests.Take(3).Select(r => (r.Method, r.BytesReceived)));
    }

    [Fact]
    public async Task OpenUpload_OfNothing_IsTheEmptyBlob()
    {
        await using var upload = await Repository().OpenUploadAsync(Stop);

        var descriptor = await upload.CompleteAsync("a/b", Stop);

        Assert.Equal("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", descriptor.Digest.ToString());
        Assert.True(await Repository().BlobExistsAsync(descriptor.Digest, Stop));
    }

    [Fact]
    public async Task OpenUpload_DisposedBeforeItsEnd_IsGivenUp()
    {
        await using (var upload = await Repository().OpenUploadAsync(Stop))
        {
            await upload.WriteAsync(Bytes(2_000_000), Stop);
        }

        Assert.Contains(Registry.Requests, r => r.Method == "DELETE");
        Assert.DoesNotContain(Registry.Requests, r => r.Method == "PUT");
    }

    [Fact]
    public async Task OpenUpload_RefusedOnItsWay_ThrowsWhyWhileWriting()
    {
        const string Body = """{"errors":[{"code":"DENIED","message":"will exceed the configured upper limit"}]}""";
        Registry.Add(new RegistryFault { When = RegistryFault.On("PATCH", "/blobs/"), Status = 403, Body = Body });
        await using var upload = await Repository().OpenUploadAsync(Stop);

        var exception = await Assert.ThrowsAsync<RegistryException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await upload.WriteAsync(Bytes(1_000_000), Stop);
            }
        });

        Assert.True(exception.IsQuota);
    }

    [Fact]
    public async Task OpenUpload_WhoseConnectionBreaks_IsTransient()
    {
        Registry.Add(new RegistryFault { When = RegistryFault.On("PATCH", "/blobs/"), CutRequestAfter = 1_000_000 });
        await using var upload = await Repository().OpenUploadAsync(Stop);

        var exception = await Assert.ThrowsAsync<RegistryException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await upload.WriteAsync(Bytes(1_000_000), Stop);
            }
        });

        Assert.True(exception is { IsTransient: true, Status: null, Method: "PATCH" });
    }

    [Fact]
    public async Task PushBlob_ThatIsThere_SendsNothing()
    {
        await Repository().PushBlobAsync(Bytes(100), "a/b", Stop);
        Registry.ClearRequests();

        await Repository().PushBlobAsync(Bytes(100), "a/b", Stop);

        Assert.Equal(["HEAD"], Registry.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task PushBlob_WithAnotherContentThanItsDigest_IsRejected()
    {
        var descriptor = new Descriptor("a/b", Digest.Of("other"u8), 4);

        var exception = await Assert.ThrowsAsync<RegistryException>(
            () => Repository().PushBlobAsync(descriptor, _ => Task.FromResult<Stream>(new MemoryStream("this"u8.ToArray())), Stop));

        Assert.True(exception.Has("DIGEST_INVALID"));
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Mount_FromARepositoryThatHasIt_SendsNoBytes()
    {
        var descriptor = await Client().Repository("other/model").PushBlobAsync(Bytes(100), "a/b", Stop);

        Assert.True(await Repository().MountAsync(descriptor.Digest, "other/model", Stop));
        Assert.True(await Repository().BlobExistsAsync(descriptor.Digest, Stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(401)]
    public async Task Mount_ThatIsNotGranted_IsFalse(int? status)
    {
        if (status is not null)
        {
            Registry.Add(new RegistryFault { When = RegistryFault.On("POST", "mount="), Status = status });
        }

        Assert.False(await Repository().MountAsync(Digest.Of("x"u8), "other/model", Stop));
    }
}
