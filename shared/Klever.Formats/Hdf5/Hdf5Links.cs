namespace Klever.Formats.Hdf5;

/// <summary>The objects of a group by name: link messages, links in a fractal heap, or a symbol table.</summary>
internal static class Hdf5Links
{
    private const int LinkRecord = 5;

    /// <summary>Names and addresses of object headers. Soft and external links are left out.</summary>
    public static IReadOnlyDictionary<string, long> Read(Hdf5Source source, List<Hdf5Message> messages)
    {
        var links = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            switch (message.Type)
            {
                case Hdf5Message.Link:
                    ReadLink(source, message.Open(source, "a link"), links);
                    break;
                case Hdf5Message.LinkInfo:
                    ReadDense(source, message.Open(source, "link info"), links);
                    break;
                case Hdf5Message.SymbolTable:
                    Hdf5SymbolTable.Read(source, message.Open(source, "a symbol table"), links);
                    break;
            }
        }

        return links;
    }

    private static void ReadDense(Hdf5Source source, Hdf5Fields info, Dictionary<string, long> links)
    {
        info.ExpectVersion(0);
        info.Skip((info.Byte() & 1) != 0 ? 8 : 0);
        var heapAddress = info.Address();
        var treeAddress = info.Address();
        if (heapAddress == Hdf5Fields.Undefined || treeAddress == Hdf5Fields.Undefined)
        {
            return;
        }

        const int HashLength = 4;
        var heap = Hdf5FractalHeap.Open(source, heapAddress);
        foreach (var record in new Hdf5RecordTree(source, treeAddress, LinkRecord).Records())
        {
            record.Skip(HashLength);
            var bytes = heap.Read(
                record.Take(heap.IdLength), source.Limits.MaximumNameBytes, "a link", out var address);
            ReadLink(source, new Hdf5Fields(source, bytes, address, "a link"), links);
        }
    }

    // Specification, section IV.A.2.g.
    private static void ReadLink(Hdf5Source source, Hdf5Fields fields, Dictionary<string, long> links)
    {
        fields.ExpectVersion(1);
        var flags = fields.Byte();
        var isHard = (flags & 0x08) == 0 || fields.Byte() == 0;
        fields.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = fields.Text(fields.Variable(1 << (flags & 3)));
        if (isHard)
        {
            Add(source, links, name, fields.Address(), fields.Position);
        }
    }

    internal static void Add(Hdf5Source source, Dictionary<string, long> links, string name, long target, long address)
    {
        if (!links.TryAdd(name, target))
        {
            throw source.NotTheFormat(
                $"two objects of a group are named \"{Klever.Models.Excerpt.Of(name)}\"", address);
        }

        if (links.Count > source.Limits.MaximumNodes)
        {
            throw source.LimitExceeded($"a group holds more than {source.Limits.MaximumNodes} objects", address);
        }
    }
}
