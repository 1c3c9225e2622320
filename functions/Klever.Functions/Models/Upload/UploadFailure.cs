namespace Klever.Functions.Models.Upload;

/// <summary>Why an upload was refused, for the others that wait for it.</summary>
internal sealed record UploadFailure(int Status, string Message);
