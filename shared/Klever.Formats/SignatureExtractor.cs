using Klever.Models;

namespace Klever.Formats;

/// <summary>Drives one reader over one model. Files are pushed in (<see cref="Accept"/>) so that a model can be read while its
/// layer arrives; <see cref="FromDirectory"/> does the same from disk.</summary>
public sealed class SignatureExtractor
{
    /// <summary>The directory inside an ORMB artifact that holds the model's files.</summary>
    public const string ModelDirectory = "model/";

    /// <summary>Files and directories of one model at most.</summary>
    public const int MaximumFiles = 100_000;

    /// <summary>Bytes of a file that is copied to disk for random access, at most.</summary>
    public const long MaximumSpooledBytes = 64L * 1024 * 1024 * 1024;

    private readonly ModelFormat _format;
    private readonly ReadLimits _limits;
    private readonly IModelReader _reader;
    private readonly List<ExtractedFile> _files = [];

    public SignatureExtractor(ModelFormat format, Signature declared, ReadLimits? limits = null)
    {
        _format = format;
        _limits = limits ?? ReadLimits.Default;
        _reader = ModelReaders.Create(format, new ReaderContext(declared, _limits));
    }

    /// <summary>Reads a directory in ORMB layout, the one that holds <c>model/</c>. Links are not followed.</summary>
    public static Extraction FromDirectory(
        string directory, ModelFormat format, Signature declared, ReadLimits? limits = null)
    {
        var extractor = new SignatureExtractor(format, declared, limits);
        foreach (var path in ModelDirectoryFiles.List(directory))
        {
            using var content = new FileStream(
                Path.Combine(directory, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            extractor.Accept(path, content.Length, content);
        }

        return extractor.Complete();
    }

    /// <summary>Offers the next file. Anything outside of <c>model/</c> is passed over.</summary>
    /// <param name="path">Path in the archive, such as <c>model/variables/variables.index</c>.</param>
    /// <param name="length">Bytes of <paramref name="content"/>.</param>
    public void Accept(string path, long length, Stream content)
    {
        if (!path.StartsWith(ModelDirectory, StringComparison.Ordinal))
        {
            return;
        }

        if (_files.Count == MaximumFiles)
        {
            throw ModelReadException.LimitExceeded(_format, path, $"the model has more than {MaximumFiles} files");
        }

        var use = _reader.Use(path[ModelDirectory.Length..]);
        _files.Add(new ExtractedFile(path, length, use != FileUse.Skip));
        if (use == FileUse.Skip)
        {
            return;
        }

        if (use == FileUse.Seek && !content.CanSeek)
        {
            using var spool = Spool(path, length, content);
            _reader.Read(new ModelFile(_format, path, length, spool, _limits));
            return;
        }

        _reader.Read(new ModelFile(_format, path, length, content, _limits));
    }

    /// <summary>The answer, once all files were offered.</summary>
    /// <exception cref="ModelReadException">A file that the format needs was not among them.</exception>
    public Extraction Complete()
    {
        var paths = _files.Select(file => file.Path[ModelDirectory.Length..]).ToList();
        if (_format.Problem(paths) is { } problem)
        {
            throw ModelReadException.NotTheFormat(_format, file: null, problem);
        }

        return new Extraction(_format, _reader.Complete(), _files);
    }

    private FileStream Spool(string path, long length, Stream content)
    {
        if (length > MaximumSpooledBytes)
        {
            throw ModelReadException.LimitExceeded(_format, path, $"the file is longer than {MaximumSpooledBytes} bytes");
        }

        var spool = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1,
        });
        try
        {
            content.CopyTo(spool, bufferSize: 128 * 1024);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
