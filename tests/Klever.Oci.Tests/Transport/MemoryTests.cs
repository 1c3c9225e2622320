namespace Klever.Oci.Tests.Transport;

[Collection(AloneCollection.Name)]
public sealed class MemoryTests : RegistryTest
{
    private const int MiB = 1024 * 1024;
    private const int Total = 256 * MiB;

    [Fact]
    public async Task PushAndPull_Of256MiB_HoldsAFewMiB()
    {
        var piece = Bytes(MiB);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        await using var upload = await Repository().OpenUploadAsync(Stop);
        for (var i = 0; i < Total / piece.Length; i++)
        {
            await upload.WriteAsync(piece, Stop);
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        }

        var descriptor = await upload.CompleteAsync("application/tar+gzip", Stop);
        using var stream = await Repository().FetchBlobAsync(descriptor, Stop);
        var buffer = new byte[OciLimits.TransferBufferBytes];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        while (stream.Read(buffer) > 0)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        }

        Assert.Equal(Total, stream.Position);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, MiB);
        Assert.InRange(peak - before, 0, 32 * MiB);
    }
}
