using Klever.Formats;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Fuzz;

/// <summary>The sample of a format, one file of which the fuzzer writes.</summary>
internal sealed class FuzzTarget
{
    private readonly ModelFormat _format;
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, byte[]> _files;

    private FuzzTarget(ModelFormat format, string path) => (_format, _path, _files) = (format, path, SampleModels.Files(format));

    /// <param name="format">A format that has a reader and a sample.</param>
    /// <param name="path">Which file of the sample; its first one when null.</param>
    public static FuzzTarget Parse(string? format, string? path)
    {
        var parsed = ModelFormat.Parse(format);
        return new FuzzTarget(parsed, path ?? SampleModels.Files(parsed).Keys.Order(StringComparer.Ordinal).First());
    }

    /// <summary>Writes the sound file, from which a fuzzer begins.</summary>
    public void WriteSeed(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "seed"), _files[_path]);
    }

    /// <summary>Reads the model; whatever is neither an answer nor a <see cref="ModelReadException"/> is a find.</summary>
    public void Read(byte[] content)
    {
        var extractor = new SignatureExtractor(_format, Signature.Empty);
        try
        {
            foreach (var (path, sound) in _files)
            {
                var bytes = path == _path ? content : sound;
                using var stream = new MemoryStream(bytes, writable: false);
                extractor.Accept(SignatureExtractor.ModelDirectory + path, bytes.Length, stream);
            }

            extractor.Complete();
        }
        catch (ModelReadException)
        {
        }
    }
}
