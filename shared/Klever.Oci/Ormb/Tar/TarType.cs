namespace Klever.Oci.Ormb.Tar;

/// <summary>The type flag of an entry.</summary>
internal static class TarType
{
    public const char OldFile = '\0';
    public const char File = '0';
    public const char HardLink = '1';
    public const char SymbolicLink = '2';
    public const char CharacterDevice = '3';
    public const char BlockDevice = '4';
    public const char Directory = '5';
    public const char Fifo = '6';
    public const char ContiguousFile = '7';
    public const char ExtendedHeader = 'x';
    public const char GlobalHeader = 'g';
    public const char GnuLongName = 'L';
    public const char GnuLongLink = 'K';
    public const char GnuSparse = 'S';

    /// <summary>Refuses what is neither a file nor a directory.</summary>
    public static void Check(char type, string name)
    {
        var (problem, what) = type switch
        {
            OldFile or File or ContiguousFile or Directory => (default, null),
            HardLink => (ModelLayerProblem.Link, "a hard link"),
            SymbolicLink => (ModelLayerProblem.Link, "a symbolic link"),
            CharacterDevice or BlockDevice => (ModelLayerProblem.SpecialEntry, "a device"),
            Fifo => (ModelLayerProblem.SpecialEntry, "a FIFO"),
            GnuSparse => (ModelLayerProblem.SpecialEntry, "a GNU sparse file"),
            _ => (ModelLayerProblem.SpecialEntry, $"of type '{(char.IsAsciiLetterOrDigit(type) ? type : '?')}'"),
        };
        if (what is not null)
        {
            throw new ModelLayerException(problem, $"is {what}; a model holds files and directories only", name);
        }
    }
}
