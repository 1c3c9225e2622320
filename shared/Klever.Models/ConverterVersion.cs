namespace Klever.Models;

/// <summary>The version of what the converters write; the manifest of a result names it.</summary>
public static class ConverterVersion
{
    public const string Current = "1";
}
