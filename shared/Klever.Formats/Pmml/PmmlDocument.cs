using Klever.Models;

namespace Klever.Formats.Pmml;

/// <summary>A PMML document.</summary>
/// <param name="Model">The first model that is meant to be scored (<c>isScorable</c> is not false).</param>
/// <param name="Layers">Every model element of the document, members of ensembles included.</param>
internal sealed record PmmlDocument(
    IReadOnlyDictionary<string, PmmlField> Fields, PmmlModel Model, IReadOnlyList<LayerCount> Layers);
