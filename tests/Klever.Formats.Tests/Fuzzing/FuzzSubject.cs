using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Formats.Tests.Fuzzing;

/// <summary>A sound model that is damaged again and again.</summary>
internal sealed class FuzzSubject
{
    private readonly ModelFormat _format;
    private readonly SortedDictionary<string, byte[]> _files;

    private FuzzSubject(ModelFormat format, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        _format = format;
        _files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, content) in files)
        {
            _files.Add(path, content);
        }
    }

    /// <summary>Paths of the files that the reader looks at.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            var reader = ModelReaders.Create(_format, new ReaderContext(Signature.Empty, ReadLimits.Default));
            return [.. _files.Keys.Where(path => reader.Use(path) != FileUse.Skip)];
        }
    }

    /// <summary>The sample of a format.</summary>
    public static FuzzSubject Sample(ModelFormat format) => new(format, SampleModels.Files(format));

    /// <summary>The sample, and the smallest real model of the shared corpus where it is there.</summary>
    public static IEnumerable<FuzzSubject> All(ModelFormat format)
    {
        yield return Sample(format);
        var smallest = SharedFolder.Cases("corpus", format.Name.ToLowerInvariant())
            .Select(name => SharedFolder.Require("corpus", format.Name.ToLowerInvariant(), name, "model"))
            .MinBy(directory => Files(directory).Sum(file => file.Length));
        if (smallest is not null)
        {
            yield return new FuzzSubject(format, Files(smallest).Select(file => KeyValuePair.Create(
                Path.GetRelativePath(smallest, file.FullName).Replace('\\', '/'), File.ReadAllBytes(file.FullName))));
        }
    }

    public byte[] Content(string path) => _files[path];

    /// <summary>Reads the model with one file replaced; anything but an answer or a typed error within bounds fails the test.</summary>
    /// <param name="damage">What was done, for the message.</param>
    public void Read(string path, byte[] content, string damage)
    {
        try
        {
            Hostile.Read(() => InMemoryModel.Read(
                _format, _files.Select(file => file.Key == path ? KeyValuePair.Create(path, content) : file)));
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{_format} {path} ({_files[path].Length} bytes), {damage}: {exception}");
        }
    }

    private static FileInfo[] Files(string directory) => new DirectoryInfo(directory).GetFiles("*", SearchOption.AllDirectories);
}
