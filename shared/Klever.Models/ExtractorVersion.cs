namespace Klever.Models;

/// <summary>The version of what the readers answer. Raising it lets every model be extracted once more: it is part of the name of
/// an automatic ModelJob and of the annotations of the manifest that an extraction writes.</summary>
public static class ExtractorVersion
{
    public const string Current = "1";
}
