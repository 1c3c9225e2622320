using Klever.Models;

namespace Klever.Formats;

/// <summary>Reads the signature of one model. An instance serves one model: it is offered each file in the order in which the
/// directory or archive holds them, reads those that it wants, and answers at the end.</summary>
/// <remarks>Reading is synchronous and forward, keeps nothing of the weights, and throws only <see cref="ModelReadException"/>
/// (and what the stream itself throws).</remarks>
public interface IModelReader
{
    /// <param name="path">Path relative to <c>model/</c>, with forward slashes.</param>
    FileUse Use(string path);

    /// <summary>Reads a file for which <see cref="Use"/> did not say <see cref="FileUse.Skip"/>.</summary>
    void Read(ModelFile file);

    /// <summary>The signature, once every file has been offered. What is missing was already reported by the caller.</summary>
    Signature Complete();
}
