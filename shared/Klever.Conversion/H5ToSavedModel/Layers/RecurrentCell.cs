using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>One step of a recurrent layer.</summary>
/// <param name="Gates">How many times the units the products are wide.</param>
/// <param name="States">Numbers of states; the first is the output.</param>
/// <param name="Kernel">Of the input, <c>[features, gates * units]</c>.</param>
/// <param name="Bias">Of the input, or null.</param>
/// <param name="Weights">Tensors that each step needs.</param>
/// <param name="Step">From the product of the input, the states and <paramref name="Weights"/> to the new
/// states.</param>
internal sealed record RecurrentCell(
    int Gates,
    int States,
    string Kernel,
    string? Bias,
    IReadOnlyList<string> Weights,
    Func<TfOps, string, IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>> Step);
