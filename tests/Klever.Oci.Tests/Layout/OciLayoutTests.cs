using Klever.Oci.Layout;
using Klever.Testing;

namespace Klever.Oci.Tests.Layout;

public sealed class OciLayoutTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task SetReference_ToAnotherManifest_MovesTheName()
    {
        var writer = OciLayoutWriter.Create(_directory.Path);
        var first = WriteManifest(writer, "one");
        var second = WriteManifest(writer, "two");

        await writer.SetReferenceAsync("hub/p/m:v1", first, Stop);
        await writer.SetReferenceAsync("hub/p/m:v1", second, Stop);

        var layout = OciLayout.Open(_directory.Path);
        Assert.Equal(second, layout.TryResolve("hub/p/m:v1"));
        Assert.Single(layout.Manifests);
        Assert.Equal("two"u8.ToArray(), layout.ReadBlob(layout.ReadManifest(second).Manifest!.Layers[0]));
    }

    [Fact]
    public async Task DeleteUnreferencedBlobs_KeepsWhatANameLeadsTo()
    {
        var writer = OciLayoutWriter.Create(_directory.Path);
        var kept = WriteManifest(writer, "kept");
        var gone = WriteManifest(writer, "gone!");
        await writer.SetReferenceAsync("kept", kept, Stop);
        await writer.SetReferenceAsync("gone", gone, Stop);

        Assert.True(await writer.RemoveReferenceAsync("gone", Stop));
        Assert.False(await writer.RemoveReferenceAsync("gone", Stop));
        Assert.Equal(gone.Size + 5, await writer.DeleteUnreferencedBlobsAsync(Stop));

        Assert.False(writer.Layout.BlobExists(gone.Digest));
        Assert.Equal("kept"u8.ToArray(), writer.Layout.ReadBlob(writer.Layout.ReadManifest(kept).Manifest!.Layers[0]));
    }

    [Fact]
    public async Task WriteBlob_WithAnotherContentThanItsDigest_LeavesNothing()
    {
        var writer = OciLayoutWriter.Create(_directory.Path);
        var descriptor = Descriptor.Of("a/b", "that"u8);

        var exception = await Assert.ThrowsAsync<OciContentException>(
            () => writer.WriteBlobAsync(descriptor, new MemoryStream("this"u8.ToArray()), Stop));

        Assert.Equal(OciContentProblem.DigestMismatch, exception.Problem);
        Assert.False(writer.Layout.BlobExists(descriptor.Digest));
        Assert.Equal(["index.json", "oci-layout"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("thaT", OciContentProblem.DigestMismatch)]
    [InlineData("tha", OciContentProblem.SizeMismatch)]
    [InlineData("that!", OciContentProblem.SizeMismatch)]
    public void ReadBlob_ThatWasChanged_IsRejected(string content, OciContentProblem problem)
    {
        var writer = OciLayoutWriter.Create(_directory.Path);
        var descriptor = writer.WriteBlob("that"u8, "a/b");
        _directory.Write($"blobs/sha256/{descriptor.Digest.Hex}", content);

        var exception = Assert.Throws<OciContentException>(() => writer.Layout.ReadBlob(descriptor));

        Assert.Equal(problem, exception.Problem);
    }

    [Fact]
    public async Task SetReference_FromManyAtOnce_LosesNone()
    {
        var writer = OciLayoutWriter.Create(_directory.Path);
        var manifest = WriteManifest(writer, "one");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => writer.SetReferenceAsync($"v{i}", manifest, Stop)));

        Assert.Equal(20, writer.Layout.Manifests.Count);
    }

    [Fact]
    public void Open_OfAnotherDirectory_SaysWhatIsMissing()
    {
        var exception = Assert.Throws<OciContentException>(() => OciLayout.Open(_directory.Path));

        Assert.Equal($"{_directory.Path} is not an OCI image layout: it has no file \"oci-layout\".", exception.Message);
    }

    private static Descriptor WriteManifest(OciLayoutWriter writer, string layer)
    {
        var config = writer.WriteBlob("{}"u8, MediaTypes.Empty);
        var content = writer.WriteBlob(System.Text.Encoding.UTF8.GetBytes(layer), "application/tar+gzip");
        return writer.WriteBlob(ImageManifest.Create(config, [content]).ToJson(), MediaTypes.ImageManifest);
    }
}
