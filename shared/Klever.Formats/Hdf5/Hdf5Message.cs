namespace Klever.Formats.Hdf5;

/// <summary>One message of an object header.</summary>
/// <param name="Address">Of the first byte of <paramref name="Body"/>.</param>
internal sealed record Hdf5Message(int Type, int Flags, ReadOnlyMemory<byte> Body, long Address)
{
    public const int Dataspace = 0x01;
    public const int LinkInfo = 0x02;
    public const int Datatype = 0x03;
    public const int Link = 0x06;
    public const int Layout = 0x08;
    public const int Filters = 0x0B;
    public const int Attribute = 0x0C;
    public const int Continuation = 0x10;
    public const int SymbolTable = 0x11;
    public const int AttributeInfo = 0x15;

    private const int SharedFlag = 0x02;

    /// <summary>Whether the body only says where the message is kept.</summary>
    public bool IsShared => (Flags & SharedFlag) != 0;

    public Hdf5Fields Open(Hdf5Source source, string what) => IsShared
        ? throw source.NotSupported($"{what} is a shared message, or of a committed datatype", Address)
        : new Hdf5Fields(source, Body, Address, what);
}
