using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>The example tensors that a model was traced with (<c>traced_inputs.pkl</c>, written by torch.jit.trace and save):
/// <c>{"forward": [tensor, …]}</c>.</summary>
internal static class TracedInputs
{
    private const int StorageType = 1;

    /// <returns>By position of the argument: type and size of the example, or null where it is not a tensor.</returns>
    public static IReadOnlyList<(string? DType, IReadOnlyList<long> Size)?> Read(TorchArchive archive)
    {
        if (archive.TryReadPickle(TorchArchive.TracedInputsPickle) is not { } pickle)
        {
            return [];
        }

        var root = PickleMachine.Read(archive.File, TorchArchive.TracedInputsPickle, pickle) as PickleDictionary;
        var examples = root?.Items.FirstOrDefault(item => item.Key is "forward").Value as PickleSequence;
        return examples is null ? [] : [.. examples.Items.Select(item => ReadTensor(archive.File, item))];
    }

    /// <summary><c>_rebuild_tensor_v2(storage, offset, size, stride, …)</c>, for quantised ones <c>_rebuild_qtensor</c>.</summary>
    private static (string? DType, IReadOnlyList<long> Size)? ReadTensor(ModelFile file, object? value)
    {
        if (value is not PickleCall { Function.Module: "torch._utils" } call
            || call.Arguments.Items is not [PicklePersistentId { Id: PickleSequence storage }, _, PickleSequence size, ..]
            || storage.Items.ElementAtOrDefault(StorageType) is not PickleGlobal type)
        {
            return null;
        }

        if (size.Items.Count > file.Limits.MaximumRank)
        {
            throw file.LimitExceeded($"a traced input has more than {file.Limits.MaximumRank} dimensions");
        }

        return (TorchTypes.OfStorage(type.Name), [.. size.Items.Select(item => item is long and >= 0 ? (long)item : -1)]);
    }
}
