using Klever.Models;

namespace Klever.Conversion;

/// <summary>Turns a model of one format into one of another. Stateless; one instance serves every conversion.</summary>
public interface IModelConverter
{
    ModelFormat From { get; }

    ModelFormat To { get; }

    /// <summary>Reads <c>model/</c> of the source directory and writes <c>model/</c> of the target directory. When it
    /// throws, what it wrote is worth nothing and may be deleted.</summary>
    /// <exception cref="ConversionException">The model cannot be converted; the message names everything that stands
    /// against it.</exception>
    /// <exception cref="Formats.ModelReadException">The files are not what the format says.</exception>
    void Convert(ConversionRequest request);
}
