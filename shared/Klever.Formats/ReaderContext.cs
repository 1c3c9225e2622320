using Klever.Models;

namespace Klever.Formats;

/// <summary>What a reader may know besides the files.</summary>
/// <param name="Declared">The signature that the ormbfile declares: where a format holds no input sizes, they come from here.</param>
/// <param name="Limits">What may be taken from the model.</param>
public sealed record ReaderContext(Signature Declared, ReadLimits Limits);
