namespace Klever.Formats.Pmml;

/// <summary>A model element, as far as its inputs and outputs hang on it.</summary>
/// <param name="Element">Such as <c>TreeModel</c>.</param>
/// <param name="Function"><c>regression</c>, <c>classification</c>, <c>clustering</c> and more.</param>
/// <param name="MathContext">JPMML's own <c>x-mathContext</c>.</param>
internal sealed record PmmlModel(string Element, string? Function, string? MathContext)
{
    /// <summary>The mining schema; kept for the outermost model only, whose fields are the model's inputs.</summary>
    public List<PmmlMiningField> MiningFields { get; } = [];

    /// <summary>Operational types that <c>Targets</c> gives to target fields.</summary>
    public Dictionary<string, string?> Targets { get; } = new(StringComparer.Ordinal);

    public List<PmmlOutputField> Outputs { get; } = [];

    /// <summary>How an ensemble combines its members: <c>selectFirst</c>, <c>modelChain</c>, <c>majorityVote</c> and more.</summary>
    public string? MultipleModelMethod { get; set; }

    public List<PmmlSegment> Segments { get; } = [];

    /// <summary>The model elements of PMML 3.0 to 4.4.</summary>
    public static IReadOnlySet<string> Elements { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "AnomalyDetectionModel", "AssociationModel", "BaselineModel", "BayesianNetworkModel", "ClusteringModel",
        "GaussianProcessModel", "GeneralRegressionModel", "MiningModel", "NaiveBayesModel", "NearestNeighborModel",
        "NeuralNetwork", "RegressionModel", "RuleSetModel", "Scorecard", "SequenceModel", "SupportVectorMachineModel",
        "TextModel", "TimeSeriesModel", "TreeModel",
    };

    /// <summary>Output fields in JPMML's order: those of the members that surely or possibly speak, then its own.</summary>
    public IEnumerable<PmmlOutputField> AllOutputs() =>
        SpeakingSegments().SelectMany(segment => segment.Model?.AllOutputs() ?? []).Concat(Outputs);

    private IEnumerable<PmmlSegment> SpeakingSegments() => MultipleModelMethod switch
    {
        "selectFirst" => Segments.FindIndex(segment => segment.IsAlways) is var first and >= 0 ? Segments.Take(first + 1) : Segments,
        "modelChain" => Segments.FindLastIndex(segment => segment.IsAlways) is var last and >= 0 ? Segments.Skip(last) : Segments,
        "multiModelChain" => Segments,
        _ => [],
    };
}
