namespace Klever.Formats.Hdf5;

internal enum Hdf5TypeClass
{
    Integer = 0,
    Float = 1,
    Text = 3,
    Compound = 6,
    Enumeration = 8,
    VariableLength = 9,
}

/// <summary>A datatype message (specification, section IV.A.2.d), as far as text and numbers need it.</summary>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Bits">The class bit field.</param>
internal sealed record Hdf5Datatype(Hdf5TypeClass Class, int Size, int Bits)
{
    public bool IsVariableText => Class == Hdf5TypeClass.VariableLength && (Bits & 0x0F) == 1;

    public bool IsFixedText => Class == Hdf5TypeClass.Text;

    public bool IsBigEndian => (Bits & 1) != 0;

    public bool IsSigned => (Bits & 0x08) != 0;

    /// <summary>The numpy name of a number type, or null.</summary>
    public string? NumpyName => (Class, Size) switch
    {
        (Hdf5TypeClass.Float, 2) => "float16",
        (Hdf5TypeClass.Float, 4) => "float32",
        (Hdf5TypeClass.Float, 8) => "float64",
        (Hdf5TypeClass.Integer, 1 or 2 or 4 or 8) => (IsSigned ? "int" : "uint") + (Size * 8),
        (Hdf5TypeClass.Enumeration, 1) => "bool",
        _ => null,
    };

    public static Hdf5Datatype Read(Hdf5Fields fields)
    {
        var classAndVersion = fields.Byte();
        var bits = (int)fields.Variable(3);
        var size = fields.UInt32();
        return new Hdf5Datatype((Hdf5TypeClass)(classAndVersion & 0x0F), (int)Math.Min(size, int.MaxValue), bits);
    }
}
