namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>Tells the three ways in which XGBoost writes a model; XGBoost itself goes by the extension.</summary>
internal static class XGBoostFile
{
    /// <summary>The name with the extension that its content asks for; that of the old binary format stays.</summary>
    public static string NameOf(ModelFile file) => Extension(file.Head.Span) is { } extension
        ? file.Path[..file.Path.LastIndexOf('.')] + extension
        : file.Path;

    // Both begin with an object; its first key is a quoted text in JSON, and has the type of its length before it in
    // UBJSON.
    private static string? Extension(ReadOnlySpan<byte> head)
    {
        if (head is not [(byte)'{', .. var content])
        {
            return null;
        }

        return content.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'"' or (byte)'}', ..] => ".json",
            [(byte)'L' or (byte)'l' or (byte)'I' or (byte)'i' or (byte)'U' or (byte)'$' or (byte)'#', ..] => ".ubj",
            _ => null,
        };
    }
}
