using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Tests.Archives;

/// <summary>An archive in memory.</summary>
internal sealed class MemoryBytes(byte[] content) : ByteSource
{
    public override long Length => content.Length;

    public override Stream Open(long position, long length) => new MemoryStream(content, (int)position, (int)length, writable: false);
}
