using Klever.Models;

namespace Klever.Formats;

/// <summary>What reading a model gave.</summary>
/// <param name="Files">Every file of the model in the order of the archive, and whether it was read.</param>
public sealed record Extraction(ModelFormat Format, Signature Signature, IReadOnlyList<ExtractedFile> Files);

/// <summary>A file of the model: path as in the archive, length in bytes, and whether its content was looked at.</summary>
public sealed record ExtractedFile(string Path, long Length, bool WasRead);
