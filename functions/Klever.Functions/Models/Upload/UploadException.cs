namespace Klever.Functions.Models.Upload;

/// <summary>An upload that is refused: the status, and a sentence that names the place and the way out.</summary>
internal sealed class UploadException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
