namespace Klever.Formats.Caffe;

/// <summary>A blob that the network does not compute.</summary>
/// <param name="Size">As the prototxt declares it; null when it does not.</param>
internal sealed record CaffeInput(string Name, long[]? Size);
