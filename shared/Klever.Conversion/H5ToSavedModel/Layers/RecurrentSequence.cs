namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>What a recurrent layer goes through.</summary>
/// <param name="Products">Of the inputs and the kernel: [batch, time, gates * units], with an image before the last.</param>
/// <param name="Mask">[batch, time, 1], with as many dimensions as the products; null when all steps count.</param>
/// <param name="Blank">Zeros of a state: the output before the first step that counts.</param>
/// <param name="StateSize">Dimensions of a state; -1 unknown.</param>
internal sealed record RecurrentSequence(
    string Products, string? Mask, string Blank, IReadOnlyList<long> StateSize, IReadOnlyList<string> States)
{
    /// <summary>Dimensions of the products.</summary>
    public int Rank => StateSize.Count + 1;
}
