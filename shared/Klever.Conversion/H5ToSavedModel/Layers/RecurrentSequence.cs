namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>What a recurrent layer goes through.</summary>
/// <param name="Products">Of the inputs and the kernel: [batch, time, gates * units].</param>
/// <param name="Mask">[batch, time, 1], or null when all steps count.</param>
/// <param name="Blank">Zeros of [batch, units]: the output before the first step that counts.</param>
internal sealed record RecurrentSequence(string Products, string? Mask, string Blank, IReadOnlyList<string> States);
