namespace Klever.Formats;

/// <summary>What a reader wants of one file of a model.</summary>
public enum FileUse
{
    /// <summary>Nothing; its bytes pass by.</summary>
    Skip,

    /// <summary>One pass, front to back.</summary>
    Forward,

    /// <summary>Random access: from a directory the file itself, from an archive a copy on disk.</summary>
    Seek,
}
