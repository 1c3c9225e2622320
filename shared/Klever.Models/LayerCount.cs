namespace Klever.Models;

/// <summary>How many operations or layers of one type a model has.</summary>
public sealed record LayerCount(string Type, int Count);
