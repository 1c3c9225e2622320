using Klever.Models;
using Klever.Registry;

namespace Klever.Oci.Tests.Transport;

public sealed class DownloadTests : RegistryTest
{
    private const int Size = 300_000;

    [Fact]
    public async Task FetchBlob_CutAtManyPositions_GivesEveryByteOnce()
    {
        var content = Bytes(Size);
        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);
        foreach (var position in new long[] { 0, 1, 2, 4095, 4096, 65_535, 65_536, 131_073, 299_998, 299_999 })
        {
            Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = position });

            Assert.Equal(content, await ReadAllAsync(await Repository().FetchBlobAsync(descriptor, Stop)));
        }

        Assert.Contains("bytes=65536-", Registry.Requests.Select(r => r.Range));
    }

    [Fact]
    public async Task FetchBlob_ReadSynchronouslyAndCut_GivesEveryByteOnce()
    {
        var content = Bytes(Size);
        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = 100_000 });
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = 50_000 });

        using var stream = await Repository().FetchBlobAsync(descriptor, Stop);
        var read = new byte[Size];
        stream.ReadExactly(read);

        Assert.Equal(content, read);
        Assert.Equal(-1, stream.ReadByte());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task FetchBlob_WhenTheRestIsAskedForAndNotGiven_ReadsOverTheBeginning(bool ignored, bool wrong)
    {
        var content = Bytes(Size);
        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = 100_000 });
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), IgnoreRange = ignored, WrongRange = wrong });

        var read = await ReadAllAsync(await Repository().FetchBlobAsync(descriptor, Stop));

        Assert.Equal(content, read);
    }

    [Fact]
    public async Task FetchBlob_ThatAlwaysBreaks_EndsWithTruncated()
    {
        var descriptor = await Repository().PushBlobAsync(Bytes(Size), "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), CutAfter = 10, Times = int.MaxValue });

        var exception = await Assert.ThrowsAsync<OciContentException>(
            async () => await ReadAllAsync(await Repository().FetchBlobAsync(descriptor, Stop)));

        Assert.Equal(OciContentProblem.Truncated, exception.Problem);
        Assert.Contains("broke off 9 times", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150_000)]
    [InlineData(299_999)]
    public async Task FetchBlob_WithOneChangedByte_NeverGivesTheLastBytes(long position)
    {
        var descriptor = await Repository().PushBlobAsync(Bytes(Size), "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), FlipByteAt = position });
        await using var stream = await Repository().FetchBlobAsync(descriptor, Stop);
        using var copy = new MemoryStream();

        var exception = await Assert.ThrowsAsync<OciContentException>(() => stream.CopyToAsync(copy, Stop));

        Assert.Equal(OciContentProblem.DigestMismatch, exception.Problem);
        Assert.InRange(copy.Length, 0, Size - 1);
    }

    [Theory]
    [InlineData(Size - 1)]
    [InlineData(Size + 1)]
    [InlineData(0)]
    public async Task FetchBlob_OfAnotherSize_IsRejectedBeforeItIsRead(long size)
    {
        var pushed = await Repository().PushBlobAsync(Bytes(Size), "a/b", Stop);

        var exception = await Assert.ThrowsAsync<OciContentException>(
            () => Repository().FetchBlobAsync(new Descriptor("a/b", pushed.Digest, size), Stop));

        Assert.Equal(OciContentProblem.SizeMismatch, exception.Problem);
    }

    [Fact]
    public async Task FetchBlob_ThatStalls_IsTakenUpAgain()
    {
        var content = Bytes(Size);
        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), StallAfter = 70_000 });
        var repository = Client(activityTimeout: TimeSpan.FromMilliseconds(300)).Repository(Name);

        Assert.Equal(content, await ReadAllAsync(await repository.FetchBlobAsync(descriptor, Stop)));
    }

    [Fact]
    public async Task FetchBlob_ThatStallsWhileReadSynchronously_IsTakenUpAgain()
    {
        var content = Bytes(Size);
        var descriptor = await Repository().PushBlobAsync(content, "a/b", Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/blobs/"), StallAfter = 70_000 });
        var repository = Client(activityTimeout: TimeSpan.FromMilliseconds(300)).Repository(Name);
        using var stream = await repository.FetchBlobAsync(descriptor, Stop);
        var read = new byte[Size];

        stream.ReadExactly(read);

        Assert.Equal(content, read);
    }

    [Fact]
    public async Task FetchBlobBytes_BeyondTheMaximum_AsksForNothing()
    {
        var descriptor = new Descriptor("a/b", Digest.Of("x"u8), 101);

        var exception = await Assert.ThrowsAsync<OciContentException>(
            () => Repository().FetchBlobBytesAsync(descriptor, maximum: 100, Stop));

        Assert.Equal(OciContentProblem.TooLarge, exception.Problem);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task FetchBlobBytes_OfAnEmptyBlob_IsEmpty()
    {
        var descriptor = await Repository().PushBlobAsync(Array.Empty<byte>(), "a/b", Stop);

        Assert.Empty(await Repository().FetchBlobBytesAsync(descriptor, cancellationToken: Stop));
    }

    [Fact]
    public async Task FetchManifest_WithAnotherContentThanItsDigest_IsRejected()
    {
        var (descriptor, _) = await PushModelAsync(Repository(), "v1", Bytes(100));
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("GET", "/manifests/"),
            Status = 200,
            ContentType = MediaTypes.ImageManifest,
            Body = "{\"schemaVersion\":2}",
        });

        var exception = await Assert.ThrowsAsync<OciContentException>(
            () => Repository().FetchManifestAsync(descriptor.Digest.ToString(), Stop));

        Assert.Equal(OciContentProblem.DigestMismatch, exception.Problem);
    }

    [Fact]
    public async Task FetchManifest_WithADigestHeaderOfOtherContent_IsRejected()
    {
        await PushModelAsync(Repository(), "v1", Bytes(100));
        var headers = new Dictionary<string, string> { ["Docker-Content-Digest"] = Digest.Of("other"u8).ToString() };
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/manifests/"), Headers = headers });

        var exception = await Assert.ThrowsAsync<OciContentException>(() => Repository().FetchManifestAsync("v1", Stop));

        Assert.Equal(OciContentProblem.DigestMismatch, exception.Problem);
    }

    [Fact]
    public async Task FetchManifest_BeyondTheLimit_IsRejected()
    {
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("GET", "/manifests/"),
            Status = 200,
            ContentType = MediaTypes.ImageManifest,
            Body = new string(' ', (4 * 1024 * 1024) + 1),
        });

        var exception = await Assert.ThrowsAsync<OciContentException>(() => Repository().FetchManifestAsync("v1", Stop));

        Assert.Equal(OciContentProblem.TooLarge, exception.Problem);
    }

    [Fact]
    public async Task FetchManifest_NamingAnotherMediaTypeThanItsHeader_IsRejected()
    {
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("GET", "/manifests/"),
            Status = 200,
            ContentType = MediaTypes.ImageManifest,
            Body = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.ImageIndex}}","manifests":[]}""",
        });

        var exception = await Assert.ThrowsAsync<OciContentException>(() => Repository().FetchManifestAsync("v1", Stop));

        Assert.Equal(OciContentProblem.NotTheDocument, exception.Problem);
    }

    [Fact]
    public async Task Resolve_WithoutADigestHeader_ComputesIt()
    {
        var (descriptor, _) = await PushModelAsync(Repository(), "v1", Bytes(100));
        var headers = new Dictionary<string, string> { ["Docker-Content-Digest"] = "" };
        Registry.Add(new RegistryFault { When = RegistryFault.On("HEAD", "/manifests/"), Headers = headers });

        Assert.Equal(descriptor, await Repository().ResolveAsync("v1", Stop));
    }
}
