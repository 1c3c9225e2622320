namespace Klever.Oci.Ormb;

/// <summary>Unpacks into a directory beside the target and renames at the end, so that a target is whole or not there.</summary>
internal sealed class ModelLayerExtraction(string directory)
{
    private const string ModelDirectory = "model";
    private const int CopyBufferSize = 128 * 1024;

    private readonly string _target = Path.Combine(directory, ModelDirectory);
    private readonly string _temporary = Path.Combine(directory, $".klever-{Path.GetRandomFileName()}");

    public async Task RunAsync(Stream layer, string mediaType, ModelLayerLimits? limits, CancellationToken cancellationToken)
    {
        RefuseExisting();
        Directory.CreateDirectory(_temporary);
        try
        {
            await ModelLayer.ReadAsync(
                layer, mediaType, (path, _, content) => Write(path, content, cancellationToken), limits, cancellationToken);
            RefuseExisting();
            Directory.Move(Path.Combine(_temporary, ModelDirectory), _target);
        }
        finally
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private void Write(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_temporary, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[CopyBufferSize];
        while (content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer.AsSpan(0, read));
        }
    }

    private void RefuseExisting()
    {
        if (Path.Exists(_target))
        {
            throw new IOException($"{_target} is already there; remove it or name another directory.");
        }
    }
}
