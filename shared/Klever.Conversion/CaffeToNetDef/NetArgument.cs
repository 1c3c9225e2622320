namespace Klever.Conversion.CaffeToNetDef;

/// <summary>An argument of a Caffe2 operator: one number, one text, or a list of whole numbers.</summary>
internal sealed record NetArgument(string Name)
{
    public long? Integer { get; private init; }

    public float? Number { get; private init; }

    public string? Text { get; private init; }

    public IReadOnlyList<long> Integers { get; private init; } = [];

    public static NetArgument Of(string name, long value) => new(name) { Integer = value };

    public static NetArgument Of(string name, float value) => new(name) { Number = value };

    public static NetArgument Of(string name, string value) => new(name) { Text = value };

    public static NetArgument Of(string name, IEnumerable<long> values) => new(name) { Integers = [.. values] };
}
