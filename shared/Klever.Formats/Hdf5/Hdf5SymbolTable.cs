namespace Klever.Formats.Hdf5;

/// <summary>Groups of the first format: a version 1 B-tree of symbol nodes with names in a local heap (specification,
/// sections III.A.1, III.B, III.D).</summary>
internal static class Hdf5SymbolTable
{
    private const int MaximumHeapBytes = 8 * 1024 * 1024;

    public static void Read(Hdf5Source source, Hdf5Fields message, Dictionary<string, long> links)
    {
        var tree = message.Address();
        var names = ReadNames(source, message.Address());
        var seen = new HashSet<long> { tree };
        var open = new Stack<long>([tree]);
        while (open.TryPop(out var next))
        {
            var start = source.Read(next, 4, maximum: 4, "a node of a group");
            if (start.AsSpan().SequenceEqual("SNOD"u8))
            {
                ReadSymbols(source, next, names, links);
                continue;
            }

            foreach (var child in ReadChildren(source, next))
            {
                if (!seen.Add(child))
                {
                    throw source.NotTheFormat($"the B-tree of a group comes back to its node at {child}", next);
                }

                open.Push(child);
            }
        }
    }

    private static List<long> ReadChildren(Hdf5Source source, long address)
    {
        var prefixLength = 8 + (2 * source.OffsetSize);
        var prefix = source.Fields(address, prefixLength, "the B-tree of a group");
        prefix.Expect("TREE"u8);
        var type = prefix.Byte();
        prefix.Skip(1);
        var count = prefix.UInt16();
        if (type != 0)
        {
            throw source.NotTheFormat($"the B-tree of a group has nodes of type {type}, not 0", address);
        }

        var fields = source.Fields(
            address + prefixLength, count * (source.LengthSize + source.OffsetSize), "the B-tree of a group");
        var children = new List<long>(count);
        for (var i = 0; i < count; i++)
        {
            fields.Skip(source.LengthSize);
            children.Add(fields.Address());
        }

        return children;
    }

    private static void ReadSymbols(
        Hdf5Source source, long address, ReadOnlyMemory<byte> names, Dictionary<string, long> links)
    {
        const int PrefixLength = 8;
        const int CacheLength = 24;
        var prefix = source.Fields(address, PrefixLength, "a symbol node");
        prefix.Skip(6);
        var count = prefix.UInt16();
        var fields = source.Fields(
            address + PrefixLength, count * ((2 * source.OffsetSize) + CacheLength), "a symbol node");
        for (var i = 0; i < count; i++)
        {
            var name = new Hdf5Fields(source, names, address, "the name heap of a group");
            name.Skip(fields.Variable(source.OffsetSize));
            var target = fields.Address();
            const int SoftLink = 2;
            var cacheType = fields.UInt32();
            fields.Skip(CacheLength - 4);
            if (cacheType != SoftLink)
            {
                Hdf5Links.Add(source, links, name.Text(name.Remaining), target, address);
            }
        }
    }

    private static byte[] ReadNames(Hdf5Source source, long address)
    {
        var fields = source.Fields(
            address, 8 + (2 * source.LengthSize) + source.OffsetSize, "the name heap of a group");
        fields.Expect("HEAP"u8);
        fields.ExpectVersion(0);
        fields.Skip(3);
        var length = fields.Length();
        fields.Skip(source.LengthSize);
        return source.Read(fields.Address(), length, MaximumHeapBytes, "the name heap of a group");
    }
}
