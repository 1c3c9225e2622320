using System.Diagnostics.CodeAnalysis;

namespace Klever.Models;

/// <summary>A model format of ORMB and Klever Model Registry, with the framework it belongs to and the files it needs.</summary>
/// <remarks>This is the one table of formats: the ModelJob CRD, the README and <c>klever inspect --formats</c> are held to it by tests.</remarks>
public sealed record ModelFormat
{
    public static readonly ModelFormat SavedModel = new("SavedModel", "TensorFlow", true, new FileRule("saved_model.pb"));
    public static readonly ModelFormat Onnx = new("ONNX", "ONNX", true, new FileRule("*.onnx"));
    public static readonly ModelFormat GraphDef = new("GraphDef", "TensorFlow", true, new FileRule("*.graphdef"));
    public static readonly ModelFormat NetDef =
        new("NetDef", "Caffe2", true, new FileRule("init_net.pb"), new FileRule("predict_net.pb"));
    public static readonly ModelFormat H5 = new("H5", "Keras", true, new FileRule("*.h5"));
    public static readonly ModelFormat CaffeModel =
        new("CaffeModel", "Caffe", true, new FileRule("*.prototxt"), new FileRule("*.caffemodel"));
    public static readonly ModelFormat TorchScript = new("TorchScript", "PyTorch", true, new FileRule("*.pt"));
    public static readonly ModelFormat MXNetParams =
        new("MXNetParams", "MXNet", true, new FileRule("*symbol.json"), new FileRule("*.params"));
    public static readonly ModelFormat Pmml = new("PMML", "PMML", true, new FileRule("*.pmml"));
    public static readonly ModelFormat TensorRT = new("TensorRT", "TensorRT", false, new FileRule("*.plan", "*.engine"));
    public static readonly ModelFormat SKLearn = new("SKLearn", "SKLearn", false, new FileRule("*.joblib"));
    public static readonly ModelFormat XGBoost = new("XGBoost", "XGBoost", false, new FileRule("*.xgboost"));
    public static readonly ModelFormat MLflow = new("MLflow", "MLflow", false, new FileRule("MLmodel"));
    public static readonly ModelFormat MLlib = new("MLlib", "MLlib", false);
    public static readonly ModelFormat Pickle = new("Pickle", "Others", false, new FileRule("*.pickle"));
    public static readonly ModelFormat Others = new("Others", "Others", false);

    private ModelFormat(string name, string framework, bool isExtractable, params FileRule[] requires)
    {
        Name = name;
        Framework = framework;
        IsExtractable = isExtractable;
        Requires = requires;
    }

    /// <summary>All formats, those with a signature reader first.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        SavedModel, Onnx, GraphDef, NetDef, H5, CaffeModel, TorchScript, MXNetParams, Pmml,
        TensorRT, SKLearn, XGBoost, MLflow, MLlib, Pickle, Others,
    ];

    /// <summary>The name as <c>ormbfile.yaml</c> and ModelJobs spell it.</summary>
    public string Name { get; }

    public string Framework { get; }

    /// <summary>Whether a push of this format leads to an extraction job.</summary>
    public bool IsExtractable { get; }

    /// <summary>Files that must be below <c>model/</c>; none for formats without a rule of their own.</summary>
    public IReadOnlyList<FileRule> Requires { get; }

    public static ModelFormat Parse(string? name) => TryParse(name, out var format)
        ? format
        : throw new FormatException(
            $"\"{Excerpt.Of(name)}\" is not a model format; known are {string.Join(", ", All.Select(f => f.Name))}.");

    /// <summary>Finds a format by its name, upper and lower case alike.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out ModelFormat? format)
    {
        format = All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>What is wrong with these files for this format, or null when all is there.</summary>
    /// <param name="paths">Paths relative to <c>model/</c>, with forward slashes.</param>
    public string? Problem(IReadOnlyCollection<string> paths)
    {
        foreach (var rule in Requires)
        {
            var found = paths.Where(rule.Matches).ToList();
            if (found.Count == 0)
            {
                return $"a {Name} model needs {rule} in model/";
            }

            if (found.Count > 1)
            {
                return $"a {Name} model needs exactly one {rule} in model/, but there are {string.Join(", ", found.Take(5))}";
            }
        }

        return null;
    }

    public bool Equals(ModelFormat? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
