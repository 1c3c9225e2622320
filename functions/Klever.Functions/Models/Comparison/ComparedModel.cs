using Klever.Models;

namespace Klever.Functions.Models.Comparison;

/// <summary>A model that is compared.</summary>
/// <param name="Path"><c>project/name:tag</c>, as Klever Model Registry writes it.</param>
internal sealed record ComparedModel(string Path, OrmbFile OrmbFile);
