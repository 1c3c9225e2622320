using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Archives;

namespace Klever.Functions.Models.Upload;

/// <summary>What is wrong with an upload for good, so that sending the same again is of no use.</summary>
internal static class UploadProblems
{
    /// <summary>Null for what may pass, and for defects.</summary>
    public static UploadException? Of(Exception exception) => exception switch
    {
        UploadException upload => upload,
        ArchiveException { Problem: ModelLayerProblem.LimitExceeded } => Refuse(StatusCodes.Status413PayloadTooLarge, exception),
        ArchiveException or ModelDirectoryException or OrmbFileException => Refuse(StatusCodes.Status422UnprocessableEntity, exception),
        RegistryException { IsTransient: true } => null,
        RegistryException { IsImmutable: true } => new UploadException(
            StatusCodes.Status409Conflict, $"The version exists and its tag is immutable; upload another version. {exception.Message}"),
        RegistryException { IsQuota: true } => Refuse(StatusCodes.Status507InsufficientStorage, exception),
        RegistryException { IsTooLarge: true } => Refuse(StatusCodes.Status413PayloadTooLarge, exception),
        RegistryException { IsDenied: true } or RegistryException { IsUnauthorized: true } => Refuse(StatusCodes.Status403Forbidden, exception),
        RegistryException => Refuse(StatusCodes.Status422UnprocessableEntity, exception),
        _ => null,
    };

    private static UploadException Refuse(int status, Exception exception) => new(status, exception.Message);
}
