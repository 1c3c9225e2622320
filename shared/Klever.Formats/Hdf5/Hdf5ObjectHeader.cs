namespace Klever.Formats.Hdf5;

/// <summary>Reads the messages of an object header, continuation blocks included (specification, section
/// IV.A).</summary>
internal static class Hdf5ObjectHeader
{
    private const int MaximumBlocks = 10_000;
    private const int MaximumMessages = 1_000_000;

    public static List<Hdf5Message> Read(Hdf5Source source, long address)
    {
        var start = source.Read(address, 4, maximum: 4, "an object header");
        return start.AsSpan().SequenceEqual("OHDR"u8) ? ReadSecond(source, address) : ReadFirst(source, address);
    }

    private static List<Hdf5Message> ReadFirst(Hdf5Source source, long address)
    {
        const int PrefixLength = 16;
        var prefix = source.Fields(address, PrefixLength, "an object header");
        prefix.ExpectVersion(1);
        prefix.Skip(7);
        var size = prefix.UInt32();
        return ReadBlocks(source, (address + PrefixLength, size), block => ReadFirstMessages(source, block), prefix: 0);
    }

    private static List<Hdf5Message> ReadSecond(Hdf5Source source, long address)
    {
        const int MaximumPrefix = 34;
        var prefix = source.Fields(address, Math.Min(MaximumPrefix, source.Length - address), "an object header");
        prefix.Expect("OHDR"u8);
        prefix.ExpectVersion(2);
        var flags = prefix.Byte();
        prefix.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var size = prefix.Variable(1 << (flags & 3));
        var hasOrder = (flags & 0x04) != 0;
        return ReadBlocks(source, (prefix.Position, size), block => ReadSecondMessages(block, hasOrder), prefix: 4);
    }

    // Continuation blocks are followed in a queue; each may be entered once, so that a cycle is an error and not a
    // loop.
    private static List<Hdf5Message> ReadBlocks(
        Hdf5Source source, (long Address, long Length) first, Func<Hdf5Fields, IEnumerable<Hdf5Message>> read,
        int prefix)
    {
        var messages = new List<Hdf5Message>();
        var seen = new HashSet<long> { first.Address };
        var queue = new Queue<Hdf5Fields>([source.Fields(first.Address, first.Length, "an object header")]);
        while (queue.TryDequeue(out var block))
        {
            foreach (var message in read(block))
            {
                messages.Add(message);
                if (messages.Count > MaximumMessages)
                {
                    throw source.LimitExceeded(
                        $"an object header has more than {MaximumMessages} messages", message.Address);
                }

                if (message.Type == Hdf5Message.Continuation)
                {
                    queue.Enqueue(Continue(source, message, seen, prefix));
                }
            }
        }

        return messages;
    }

    private static Hdf5Fields Continue(Hdf5Source source, Hdf5Message message, HashSet<long> seen, int prefix)
    {
        var fields = message.Open(source, "a continuation message");
        var address = fields.Address();
        var length = fields.Length();
        if (!seen.Add(address))
        {
            throw source.NotTheFormat(
                $"the object header continues at {address}, where it has been before", message.Address);
        }

        if (seen.Count > MaximumBlocks)
        {
            throw source.LimitExceeded($"an object header has more than {MaximumBlocks} blocks", message.Address);
        }

        var block = source.Fields(address, length, "a continuation block");
        if (prefix == 0)
        {
            return block;
        }

        const int ChecksumLength = 4;
        block.Expect("OCHK"u8);
        return block.Part(length - prefix - ChecksumLength, "a continuation block");
    }

    private static IEnumerable<Hdf5Message> ReadFirstMessages(Hdf5Source source, Hdf5Fields block)
    {
        const int HeaderLength = 8;
        while (block.Remaining >= HeaderLength)
        {
            var type = block.UInt16();
            var size = block.UInt16();
            var flags = block.Byte();
            block.Skip(3);
            if (size > block.Remaining)
            {
                throw source.NotTheFormat(
                    $"message {type} of {size} bytes ends after its header block", block.Position);
            }

            var address = block.Position;
            yield return new Hdf5Message(type, flags, block.Take(size), address);
        }
    }

    private static IEnumerable<Hdf5Message> ReadSecondMessages(Hdf5Fields block, bool hasOrder)
    {
        var headerLength = hasOrder ? 6 : 4;
        while (block.Remaining >= headerLength)
        {
            var type = block.Byte();
            var size = block.UInt16();
            var flags = block.Byte();
            block.Skip(hasOrder ? 2 : 0);
            var address = block.Position;
            yield return new Hdf5Message(type, flags, block.Take(size), address);
        }
    }
}
