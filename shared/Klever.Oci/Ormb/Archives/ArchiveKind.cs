namespace Klever.Oci.Ormb.Archives;

/// <summary>How a model travels over HTTP.</summary>
public enum ArchiveKind
{
    Zip,

    Tar,

    /// <summary>A gzip of a tar archive.</summary>
    TarGzip,
}
