using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Klever.Functions.Models.Upload;

/// <summary>Takes a request apart while it arrives: the form of Klever Model Registry, or the archive alone.</summary>
internal static class UploadBody
{
    private const int BufferSize = 64 * 1024;
    private const int MaximumBoundaryLength = 200;
    private static readonly string[] ArchiveTypes =
        ["application/zip", "application/x-zip-compressed", "application/x-tar", "application/tar", "application/gzip", "application/x-gzip",
            "application/x-tgz", "application/octet-stream"];

    /// <param name="request">Its body is read once, front to back.</param>
    /// <param name="stage">Is given the bytes of the archive.</param>
    /// <exception cref="BadHttpRequestException">It is neither, or breaks off.</exception>
    public static async Task<UploadForm> ReadAsync(
        HttpRequest request, Func<Stream, Task> stage, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        if (type is not null && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadFormAsync(request, Boundary(type), stage, cancellationToken);
        }

        if (type is null || !ArchiveTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException(
                "Send a form (multipart/form-data) with the fields \"model\" and \"file\", or the archive itself as application/zip, "
                + "application/x-tar or application/gzip.",
                StatusCodes.Status415UnsupportedMediaType);
        }

        var form = UploadForm.Of(request.Query);
        await stage(request.Body);
        return form;
    }

    private static string Boundary(MediaTypeHeaderValue type) =>
        HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= MaximumBoundaryLength } boundary
            ? boundary
            : throw new BadHttpRequestException("The form has no boundary, or one that is too long.");

    private static async Task<UploadForm> ReadFormAsync(
        HttpRequest request, string boundary, Func<Stream, Task> stage, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body, BufferSize);
        var form = UploadForm.Of(request.Query);
        var hasFile = false;
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            switch (Name(section))
            {
                case "model":
                    form = UploadForm.Parse(await ReadTextAsync(section.Body, cancellationToken));
                    break;
                case "file" when !hasFile:
                    hasFile = true;
                    await stage(section.Body);
                    break;
                case "file":
                    throw new BadHttpRequestException("The form has two fields \"file\"; send one archive.");
                default:
                    break;
            }
        }

        return hasFile ? form : throw new BadHttpRequestException("The form has no field \"file\", which is the archive.");
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The form is malformed, or broke off.", exception);
        }
    }

    private static string? Name(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;

    private static async Task<string> ReadTextAsync(Stream section, CancellationToken cancellationToken)
    {
        var content = new byte[UploadForm.MaximumBytes + 1];
        var length = await section.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= UploadForm.MaximumBytes
            ? Encoding.UTF8.GetString(content, 0, length)
            : throw new BadHttpRequestException(
                $"The field \"model\" has more than {UploadForm.MaximumBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
    }
}
