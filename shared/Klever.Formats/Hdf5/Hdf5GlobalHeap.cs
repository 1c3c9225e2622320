namespace Klever.Formats.Hdf5;

/// <summary>Global heap collections (specification, section III.E), where text of variable length is kept.</summary>
internal sealed class Hdf5GlobalHeap(Hdf5Source source)
{
    private const int ObjectHeaderLength = 8;

    private readonly Dictionary<long, Dictionary<int, (long Address, long Length)>> _collections = [];

    /// <summary>The first <paramref name="length"/> bytes of an object.</summary>
    public byte[] Read(long collection, int index, long length, int maximum, string what)
    {
        if (!_collections.TryGetValue(collection, out var objects))
        {
            objects = ReadIndex(collection);
            _collections.Add(collection, objects);
        }

        if (!objects.TryGetValue(index, out var found))
        {
            throw source.NotTheFormat($"{what} is object {index} of a global heap that does not hold it", collection);
        }

        return length <= found.Length
            ? source.Read(found.Address, length, maximum, what)
            : throw source.NotTheFormat(
                $"{what} has {length} bytes, its object in the global heap {found.Length}", found.Address);
    }

    private Dictionary<int, (long Address, long Length)> ReadIndex(long collection)
    {
        var headerLength = 8 + source.LengthSize;
        var header = source.Fields(collection, headerLength, "a global heap");
        header.Expect("GCOL"u8);
        header.ExpectVersion(1);
        header.Skip(3);
        var end = collection + Math.Min(header.Length(), source.Length);
        var objects = new Dictionary<int, (long, long)>();
        var entryLength = ObjectHeaderLength + source.LengthSize;
        for (var position = collection + headerLength; position + entryLength <= end;)
        {
            var entry = source.Fields(position, entryLength, "an object of a global heap");
            var index = entry.UInt16();
            entry.Skip(6);
            var length = entry.Length();
            position += entryLength;
            if (index == 0)
            {
                break;
            }

            if (length > end - position)
            {
                throw source.NotTheFormat($"object {index} of a global heap ends after it", position - entryLength);
            }

            objects.TryAdd(index, (position, length));
            position += (length + 7) & ~7L;
        }

        return objects;
    }
}
