using System.Globalization;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>The version of Keras that wrote a file: some names mean different functions in different
/// versions.</summary>
internal sealed record KerasVersion(int Major, int Minor, bool IsInsideTensorFlow)
{
    public static KerasVersion Of(KerasH5 keras)
    {
        var text = keras.Version ?? "2.4.0";
        var parts = text.Split('.', '-');
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major)
            ? new KerasVersion(
                major,
                parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var minor) ? minor : 0,
                text.EndsWith("-tf", StringComparison.Ordinal))
            : new KerasVersion(2, 2, IsInsideTensorFlow: false);
    }

    /// <summary>Whether bilinear resizing takes pixels by their centres, as TensorFlow 2 does.</summary>
    public bool HasPixelCenters => Major > 2 || Minor > 3 || IsInsideTensorFlow;

    /// <summary>Whether <c>hard_sigmoid</c> is relu6(x + 3) / 6 instead of 0.2 x + 0.5 between 0 and 1.</summary>
    public bool HasNewHardSigmoid => Major > 2;

    /// <summary>Whether both directions of a sequence are zero where it is masked.</summary>
    public bool ZeroesMasked => Major > 2 || Minor > 3 || IsInsideTensorFlow;

    /// <summary>Whether multi-head attention takes the masks of its inputs by itself.</summary>
    public bool MasksAttention => Major > 2 || Minor > 9;

    /// <summary>Whether a GRU that does not say so applies its reset gate after the product.</summary>
    public bool ResetsAfter => Major > 2 || Minor > 3;
}
