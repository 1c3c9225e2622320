using System.Runtime.InteropServices;
using Klever.Models;

namespace Klever.CommandLine.Verification;

/// <summary>An input of numbers that are made up: between 0 and 1, or nothing but zeros where they may be places in a table.
/// Dimensions that are open are 1.</summary>
internal sealed unsafe class MadeInput : IDisposable
{
    private const long MaximumBytes = 1L << 30;
    private const int Seed = 1;

    public MadeInput(Tensor input)
    {
        var (type, width) = OnnxElements.Of(input.DType);
        (Name, ElementType) = (input.Name, type);
        Size = [.. (input.Size ?? []).Select(length => Math.Max(1, length))];
        var count = Size.Aggregate(1L, (product, length) => product > MaximumBytes ? product : product * Math.Min(length, MaximumBytes));
        if (count * width > MaximumBytes)
        {
            throw new OnnxRuntimeException($"the input {Excerpt.Of(input.Name)} would take more than {MaximumBytes} bytes");
        }

        Bytes = (nuint)(count * width);
        Data = NativeMemory.AllocZeroed(Math.Max(1, Bytes));
        if (input.DType == "float32")
        {
            var random = new Random(Seed);
            foreach (ref var element in new Span<float>(Data, (int)count))
            {
                element = random.NextSingle();
            }
        }
    }

    public string Name { get; }

    public int ElementType { get; }

    public long[] Size { get; }

    public void* Data { get; }

    public nuint Bytes { get; }

    public void Dispose() => NativeMemory.Free(Data);
}
