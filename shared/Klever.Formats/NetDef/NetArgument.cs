namespace Klever.Formats.NetDef;

/// <summary>What is kept of an Argument (caffe2.proto): one number, one text, or a short list of numbers.</summary>
internal sealed record NetArgument
{
    public long? Integer { get; init; }

    public float? Number { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<long> Integers { get; init; } = [];

    /// <summary>Where the Argument stands in its file, for who wants the values that were passed over.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes of the Argument.</summary>
    public long Length { get; init; }
}
