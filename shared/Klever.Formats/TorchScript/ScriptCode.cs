using System.Text;

namespace Klever.Formats.TorchScript;

/// <summary>The serialized code of a model. <c>__torch__.a.b.C</c> is class (or function) C of <c>code/__torch__/a/b.py</c>; a file
/// is read when it is first asked for.</summary>
internal sealed class ScriptCode(TorchArchive archive)
{
    /// <summary>Lines of all the code that is looked at.</summary>
    public const int MaximumLines = 300_000;

    private readonly Dictionary<string, ScriptFile?> _files = new(StringComparer.Ordinal);
    private int _lines;

    public ScriptClass? FindClass(string qualifiedName) =>
        Find(qualifiedName) is var (file, name) ? file.Classes.GetValueOrDefault(name) : null;

    public ScriptFunction? FindFunction(string qualifiedName) =>
        Find(qualifiedName) is var (file, name) ? file.Functions.GetValueOrDefault(name) : null;

    /// <summary>The file of the archive that declares a class.</summary>
    public static string PathOf(string module) => $"{TorchArchive.CodeDirectory}{module.Replace('.', '/')}.py";

    private (ScriptFile File, string Name)? Find(string qualifiedName)
    {
        var dot = qualifiedName.LastIndexOf('.');
        if (dot <= 0)
        {
            return null;
        }

        var module = qualifiedName[..dot];
        if (!_files.TryGetValue(module, out var file))
        {
            file = archive.TryReadCode(PathOf(module)) is { } code ? Parse(code) : null;
            _files.Add(module, file);
        }

        return file is null ? null : (file, qualifiedName[(dot + 1)..]);
    }

    private ScriptFile Parse(byte[] code)
    {
        _lines += code.AsSpan().Count((byte)'\n');
        return _lines <= MaximumLines
            ? ScriptFile.Parse(Encoding.UTF8.GetString(code))
            : throw archive.File.LimitExceeded($"the code has more than {MaximumLines} lines");
    }
}
