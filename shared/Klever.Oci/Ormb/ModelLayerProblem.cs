namespace Klever.Oci.Ormb;

/// <summary>Why a layer was refused.</summary>
public enum ModelLayerProblem
{
    /// <summary>The gzip or tar structure is wrong: a bad checksum, header or number.</summary>
    Damaged,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>Something follows its end.</summary>
    TrailingData,

    /// <summary>A path that leaves <c>model/</c>, or that systems read differently.</summary>
    UnsafePath,

    /// <summary>A symbolic or hard link.</summary>
    Link,

    /// <summary>Neither a file nor a directory: a device, a FIFO, a sparse file, or a type that is not known.</summary>
    SpecialEntry,

    /// <summary>Two entries of one path, or a file where another entry needs a directory.</summary>
    Duplicate,

    /// <summary>A limit of <see cref="ModelLayerLimits"/> was exceeded.</summary>
    LimitExceeded,

    /// <summary>A compression or archive type that is not read.</summary>
    NotSupported,
}
