using Klever.OnnxServer.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Klever.OnnxServer.Models;

/// <summary>The models of a directory, laid out as for Triton: <c>&lt;model&gt;/&lt;version&gt;/model.onnx</c>, a file or, with external
/// data, a directory of that name. The highest version of each is served.</summary>
internal sealed class ModelRepository : IDisposable
{
    private const string FileName = "model.onnx";
    private readonly IReadOnlyList<ServedModel> _models;

    private ModelRepository(IReadOnlyList<ServedModel> models) => _models = models;

    /// <exception cref="ModelLoadException">There is no model, or one that ONNX Runtime refuses.</exception>
    public static ModelRepository Load(string directory)
    {
        var models = new List<ServedModel>();
        try
        {
            foreach (var model in Directory.Exists(directory) ? Directory.EnumerateDirectories(directory) : [])
            {
                if (FindFile(model) is var (version, file))
                {
                    models.Add(Load(Path.GetFileName(model), version, file));
                }
            }

            return models.Count > 0
                ? new ModelRepository(models)
                : throw new ModelLoadException($"{directory} has no model: a directory of its name with 1/{FileName} in it.");
        }
        catch
        {
            models.ForEach(m => m.Dispose());
            throw;
        }
    }

    /// <exception cref="ProtocolException">There is no such model or version.</exception>
    public ServedModel Find(string name, string? version) =>
        _models.FirstOrDefault(m => m.Name == name && (version is null || version == m.Version))
        ?? throw new ProtocolException(
            $"there is no model \"{name}\"{(version is null ? "" : $" of version \"{version}\"")}; there is "
            + $"{string.Join(", ", _models.Select(m => $"{m.Name} version {m.Version}"))}.",
            StatusCodes.Status404NotFound);

    public void Dispose()
    {
        foreach (var model in _models)
        {
            model.Dispose();
        }
    }

    private static (string Version, string File)? FindFile(string model)
    {
        var version = Directory.EnumerateDirectories(model)
            .Select(d => Path.GetFileName(d))
            .Where(v => ulong.TryParse(v, out _))
            .OrderByDescending(ulong.Parse)
            .FirstOrDefault(v => Path.Exists(Path.Combine(model, v, FileName)));
        if (version is null)
        {
            return null;
        }

        var file = Path.Combine(model, version, FileName);
        return (version, Directory.Exists(file) ? Path.Combine(file, FileName) : file);
    }

    private static ServedModel Load(string name, string version, string file)
    {
        try
        {
            return new ServedModel(name, version, new InferenceSession(file));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException($"ONNX Runtime does not load {name}: {exception.Message}", exception);
        }
    }
}
