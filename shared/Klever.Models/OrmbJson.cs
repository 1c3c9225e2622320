using System.Text.Encodings.Web;

namespace Klever.Models;

/// <summary>How documents are written as JSON: readable text is not escaped, the blob is never embedded in HTML.</summary>
internal static class OrmbJson
{
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
