using System.Numerics;

namespace Klever.Formats.Hdf5;

/// <summary>A version 2 B-tree (specification, section III.A.2): all its records, in no promised order.</summary>
/// <param name="type">Of the records; another type is an error.</param>
internal sealed class Hdf5RecordTree(Hdf5Source source, long address, int type)
{
    private const int NodePrefixLength = 6;
    private const int NodeOverhead = NodePrefixLength + 4;
    private const int MaximumDepth = 16;

    public IEnumerable<Hdf5Fields> Records()
    {
        var header = source.Fields(address, 22 + source.OffsetSize + source.LengthSize, "a B-tree");
        header.Expect("BTHD"u8);
        header.ExpectVersion(0);
        ExpectType(header);
        var nodeSize = header.UInt32();
        var recordSize = header.UInt16();
        var depth = header.UInt16();
        header.Skip(2);
        var root = header.Address();
        var count = header.UInt16();
        if (recordSize == 0 || nodeSize < NodeOverhead + recordSize || depth > MaximumDepth)
        {
            throw source.NotTheFormat(
                $"a B-tree has nodes of {nodeSize} bytes, records of {recordSize} and {depth} levels", address);
        }

        return root == Hdf5Fields.Undefined
            ? []
            : Walk(root, count, depth, recordSize, Widths(nodeSize, recordSize, depth));
    }

    // The stack holds what is still to be visited; a node may be entered once.
    private IEnumerable<Hdf5Fields> Walk(long root, int rootCount, int depth, int recordSize, int[] widths)
    {
        var seen = new HashSet<long> { root };
        var open = new Stack<(long Address, long Count, int Depth)>([(root, rootCount, depth)]);
        while (open.TryPop(out var node))
        {
            var childLength = source.OffsetSize + widths[0] + (node.Depth > 1 ? widths[node.Depth - 1] : 0);
            var length = NodePrefixLength + (node.Count * recordSize) + (
                node.Depth == 0 ? 0 : (node.Count + 1) * childLength);
            var fields = source.Fields(node.Address, length, "a node of a B-tree");
            fields.Expect(node.Depth == 0 ? "BTLF"u8 : "BTIN"u8);
            fields.ExpectVersion(0);
            ExpectType(fields);
            for (var i = 0; i < node.Count; i++)
            {
                yield return fields.Part(recordSize, "a record of a B-tree");
            }

            for (var i = 0; node.Depth > 0 && i <= node.Count; i++)
            {
                var child = fields.Part(childLength, "a child of a B-tree");
                var childAddress = child.Address();
                if (!seen.Add(childAddress))
                {
                    throw source.NotTheFormat($"a B-tree comes back to its node at {childAddress}", node.Address);
                }

                open.Push((childAddress, child.Variable(widths[0]), node.Depth - 1));
            }
        }
    }

    // Bytes that hold the number of records: of a leaf (index 0), and of everything below a node of each depth.
    private int[] Widths(long nodeSize, int recordSize, int depth)
    {
        var widths = new int[Math.Max(1, depth)];
        var leaf = (nodeSize - NodeOverhead) / recordSize;
        widths[0] = Bytes(leaf);
        var total = (Int128)leaf;
        for (var level = 1; level < depth; level++)
        {
            var pointer = source.OffsetSize + widths[0] + (level > 1 ? widths[level - 1] : 0);
            var records = (nodeSize - (NodeOverhead + pointer)) / (recordSize + pointer);
            total = ((records + 1) * total) + records;
            if (records < 0 || total > long.MaxValue)
            {
                throw source.NotTheFormat("a B-tree has more levels than its records can fill", address);
            }

            widths[level] = Bytes((long)total);
        }

        return widths;
    }

    private void ExpectType(Hdf5Fields fields)
    {
        var found = fields.Byte();
        if (found != type)
        {
            throw source.NotTheFormat($"a B-tree has records of type {found}, not {type}", fields.Position);
        }
    }

    private static int Bytes(long limit) => (BitOperations.Log2((ulong)Math.Max(1, limit)) / 8) + 1;
}
