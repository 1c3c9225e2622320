using Klever.Formats;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Inspection;

/// <summary>A model on this machine: a directory in ORMB layout, the files without that layout, or one file.</summary>
internal sealed class LocalModel
{
    private const string FilesDirectory = "model";

    private readonly string _root;
    private readonly string _filesRoot;

    private LocalModel(string root, string filesRoot) => (_root, _filesRoot) = (root, filesRoot);

    /// <summary>The model at this path, or null when nothing is there.</summary>
    public static LocalModel? Find(string path)
    {
        var full = Path.GetFullPath(path);
        var layout = Path.Combine(full, FilesDirectory);
        return Directory.Exists(layout) ? new LocalModel(full, layout)
            : Path.Exists(full) ? new LocalModel(full, full)
            : null;
    }

    public Extraction Extract(ModelFormat? format)
    {
        var files = List();
        var ormbFile = ReadOrmbFile();
        var resolved = ModelFormatChoice.Choose(format, ormbFile, [.. files.Select(file => file.Name)]);
        var extractor = new SignatureExtractor(resolved, ormbFile.Signature);
        foreach (var (name, path) in files)
        {
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            extractor.Accept(SignatureExtractor.ModelDirectory + name, content.Length, content);
        }

        return extractor.Complete();
    }

    /// <summary>Its ormbfile, empty when there is none, and its format as <see cref="Extract"/> would choose it.</summary>
    public (OrmbFile OrmbFile, ModelFormat Format) Describe(ModelFormat? format)
    {
        var ormbFile = ReadOrmbFile();
        return (ormbFile, ModelFormatChoice.Choose(format, ormbFile, [.. List().Select(file => file.Name)]));
    }

    private List<(string Name, string Path)> List()
    {
        if (File.Exists(_filesRoot))
        {
            return [(Path.GetFileName(_filesRoot), _filesRoot)];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = Directory.EnumerateFiles(_filesRoot, "*", options)
            .Take(SignatureExtractor.MaximumFiles + 1)
            .Select(path => (Name: Path.GetRelativePath(_filesRoot, path).Replace('\\', '/'), Path: path))
            .Where(file => file.Name != OrmbFile.FileName)
            .ToList();
        files.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return files.Count > 0 ? files : throw new ModelDirectoryException($"{_filesRoot} holds no files.");
    }

    private OrmbFile ReadOrmbFile()
    {
        var file = new FileInfo(Path.Combine(_root, OrmbFile.FileName));
        return !file.Exists ? OrmbFile.Empty
            : file.Length > OrmbFile.MaximumSize
                ? throw new OrmbFileException($"{file.FullName} has {file.Length} bytes; at most {OrmbFile.MaximumSize} are read.")
                : OrmbFile.FromYaml(File.ReadAllText(file.FullName));
    }
}
