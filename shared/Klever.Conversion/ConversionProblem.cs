namespace Klever.Conversion;

/// <summary>Why a model cannot be converted. The first problem of a conversion decides the exit code of a
/// Job.</summary>
public enum ConversionProblem
{
    /// <summary>No converter goes from the one format to the other.</summary>
    UnsupportedConversion,

    /// <summary>An operation, layer or operator that has no counterpart, or none yet.</summary>
    UnsupportedOperation,

    /// <summary>An operation that is supported, but not with this attribute or value.</summary>
    UnsupportedAttribute,

    /// <summary>Channels last where channels first is expected, or the other way round.</summary>
    UnsupportedLayout,

    /// <summary>The structure names a weight that the file of weights does not hold.</summary>
    MissingWeight,

    /// <summary>A weight whose size is not what its operation needs.</summary>
    WeightShapeMismatch,

    /// <summary>The inputs that were declared do not fit the model, or a size or type that is needed was not
    /// declared.</summary>
    BadInputSpecification,

    /// <summary>The files contradict themselves or each other.</summary>
    CorruptFile,

    /// <summary>Written by a version of the framework, or asked for a version of the target, that is not
    /// supported.</summary>
    UnsupportedVersion,

    /// <summary>The source or the result exceeds a limit of its format.</summary>
    TooLarge,
}
