namespace Klever.Formats.SavedModel;

/// <summary>What is kept of a MetaGraphDef.</summary>
internal sealed class MetaGraph
{
    private const string ServingTag = "serve";
    private const string DefaultSignature = "serving_default";

    private static readonly string[] NeverServed = ["__saved_model_init_op", "__saved_model_train_op"];

    public HashSet<string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>By key; a map has no order of its own in protobuf.</summary>
    public SortedDictionary<string, SignatureDef> Signatures { get; } = new(StringComparer.Ordinal);

    public MainGraph Graph { get; } = new();

    public FunctionLibrary Library { get; } = new();

    /// <summary>How well it suits serving: exactly "serve", "serve" among others, no tags (TensorFlow Hub), anything
    /// else.</summary>
    public int Suitability => (Tags.Contains(ServingTag), Tags.Count) switch
    {
        (true, 1) => 3,
        (true, _) => 2,
        (false, 0) => 1,
        _ => 0,
    };

    /// <summary>What TensorFlow Serving answers when no signature is asked for, else the first by name; null when there
    /// is none.</summary>
    public SignatureDef? Served =>
        Signatures.TryGetValue(DefaultSignature, out var signature)
            ? signature
            : Signatures.FirstOrDefault(pair => !NeverServed.Contains(pair.Key)).Value;
}
