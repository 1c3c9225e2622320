using System.Text;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Zip;

namespace Klever.Functions.Models.Download;

/// <summary>The answer that is a model as a zip. When the layer breaks off or is not what its digest says, the connection is cut,
/// so that nobody takes half a model for a whole one.</summary>
internal sealed partial class ModelZip(ModelArtifact model, Stream layer) : IResult
{
    private const int BufferSize = 128 * 1024;

    public async Task ExecuteAsync(HttpContext context)
    {
        await using (layer)
        {
            try
            {
                await context.Response.StartAsync(context.RequestAborted);
                await WriteAsync(context.Response.BodyWriter.AsStream(), context.RequestAborted);
            }
            catch (Exception exception)
            {
                context.Abort();
                if (!context.RequestAborted.IsCancellationRequested || exception is not OperationCanceledException)
                {
                    LogBroken(context.RequestServices.GetRequiredService<ILogger<ModelZip>>(), model.Digest, exception);
                }
            }
        }
    }

    private async Task WriteAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffered = new BufferedStream(body, BufferSize);
        using var zip = new ZipWriter(buffered);
        var description = Encoding.UTF8.GetBytes(model.OrmbFile.ToYaml());
        zip.Add(OrmbFile.FileName, description.Length, new MemoryStream(description));
        await ModelLayer.ReadAsync(layer, model.Layer.MediaType, zip.Add, cancellationToken: cancellationToken);
        zip.Complete();
        await buffered.FlushAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 1604, Level = LogLevel.Warning, Message = "The download of {Digest} was cut")]
    private static partial void LogBroken(ILogger logger, Digest digest, Exception exception);
}
