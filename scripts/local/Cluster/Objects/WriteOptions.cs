namespace Klever.Local.Cluster.Objects;

/// <summary>What a request says about a write beside the object itself.</summary>
internal sealed record WriteOptions
{
    public bool DryRun { get; init; }

    /// <summary>Ignore, Warn or Strict: what becomes of fields that the schema does not know.</summary>
    public string FieldValidation { get; init; } = "Warn";

    public string FieldManager { get; init; } = "";

    /// <summary>Filled with the warnings that the answer carries as headers.</summary>
    public List<string> Warnings { get; } = [];
}
