namespace Klever.Oci;

/// <summary>One connection's share of a blob.</summary>
/// <param name="Skip">Bytes to read over: those that another connection gave already.</param>
internal sealed record BlobPart(HttpResponseMessage Response, Stream Content, long Skip) : IDisposable
{
    public void Dispose()
    {
        Content.Dispose();
        Response.Dispose();
    }
}
