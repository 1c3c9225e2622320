namespace Klever.Formats.Hdf5;

/// <summary>A group or dataset: its attributes, and the objects or the elements in it.</summary>
internal sealed class Hdf5Object
{
    private readonly Hdf5Source _source;
    private readonly List<Hdf5Message> _messages;
    private readonly Lazy<IReadOnlyDictionary<string, long>> _links;

    public Hdf5Object(Hdf5Source source, long address)
    {
        (_source, Address) = (source, address);
        _messages = Hdf5ObjectHeader.Read(source, address);
        _links = new(() => Hdf5Links.Read(source, _messages));
    }

    /// <summary>Of the object header.</summary>
    public long Address { get; }

    /// <summary>Names of the objects in this group.</summary>
    public IEnumerable<string> Names => _links.Value.Keys;

    public Hdf5Attribute? FindAttribute(string name)
    {
        foreach (var message in _messages)
        {
            if (message.Type != Hdf5Message.Attribute)
            {
                continue;
            }

            var fields = message.Open(_source, "an attribute");
            if (Hdf5AttributeMessage.ReadIfNamed(_source, fields, name) is { } attribute)
            {
                return attribute;
            }
        }

        return FindDenseAttribute(name);
    }

    /// <summary>The object of this name in this group, or null.</summary>
    public Hdf5Object? Find(string name) =>
        _links.Value.TryGetValue(name, out var address) ? new Hdf5Object(_source, address) : null;

    /// <summary>Reads this object as a dataset.</summary>
    public Hdf5Dataset AsDataset() => Hdf5Dataset.Read(_source, _messages, Address);

    // Attributes of an object with many or large ones stand in a fractal heap, named by records of a B-tree.
    private Hdf5Attribute? FindDenseAttribute(string name)
    {
        const int AttributeRecord = 8;
        const int SharedFlag = 2;
        var info = _messages.Find(message => message.Type == Hdf5Message.AttributeInfo)?.Open(
            _source, "attribute info");
        if (info is null)
        {
            return null;
        }

        info.ExpectVersion(0);
        info.Skip((info.Byte() & 1) != 0 ? 2 : 0);
        var heapAddress = info.Address();
        var treeAddress = info.Address();
        if (heapAddress == Hdf5Fields.Undefined || treeAddress == Hdf5Fields.Undefined)
        {
            return null;
        }

        var heap = Hdf5FractalHeap.Open(_source, heapAddress);
        foreach (var record in new Hdf5RecordTree(_source, treeAddress, AttributeRecord).Records())
        {
            var id = record.Take(heap.IdLength);
            if ((record.Byte() & SharedFlag) != 0)
            {
                continue;
            }

            var bytes = heap.Read(id, _source.Limits.MaximumDocumentBytes, "an attribute", out var address);
            var fields = new Hdf5Fields(_source, bytes, address, "an attribute");
            if (Hdf5AttributeMessage.ReadIfNamed(_source, fields, name) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }
}
