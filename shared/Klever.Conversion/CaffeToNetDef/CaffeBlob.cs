namespace Klever.Conversion.CaffeToNetDef;

/// <summary>A weight of a Caffe layer.</summary>
/// <param name="Size">As the file has it; old files give four dimensions to everything.</param>
internal sealed record CaffeBlob(long[] Size, FloatContent Content);
