using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet;

/// <summary>Reads one array of a <c>.params</c> file: the header; the elements are passed over (MXNet,
/// <c>ndarray.cc</c>).</summary>
internal static class NDArrayReader
{
    private const uint Version1 = 0xF993FAC8;
    private const uint Version2 = 0xF993FAC9;
    private const uint Version3 = 0xF993FACA;
    private const int ContextBytes = 8;

    public static ParamsEntry Read(ParamsCursor cursor, int maximumRank, long index)
    {
        var array = new Header(cursor, maximumRank, $"array {index}");
        return array.Read();
    }

    /// <summary>The header being read. Version 0 has no magic: its first word is the number of dimensions.</summary>
    private sealed class Header(ParamsCursor cursor, int maximumRank, string what)
    {
        private readonly List<(long[] Size, int TypeFlag)> _indices = [];
        private ParamsStorage _storage = ParamsStorage.Dense;
        private long[]? _storageSize;

        public ParamsEntry Read()
        {
            var start = cursor.Position;
            var magic = cursor.UInt32(what);
            var size = magic switch
            {
                Version1 => ReadSize(start, emptyRank: 0),
                Version2 => ReadSparse(start, emptyRank: 0),
                Version3 => ReadSparse(start, emptyRank: -1),
                _ => ReadOldest(magic, start),
            };
            return size is null
                ? new ParamsEntry("", magic, null, _storage, TypeFlag: -1, cursor.Position, DataLength: 0)
                : ReadData(magic, size, start);
        }

        private long[]? ReadOldest(uint rank, long start)
        {
            if (rank > maximumRank)
            {
                throw cursor.NotTheFormat(
                    $"{what} begins with 0x{rank:x}, which is neither a version nor a number of dimensions", start);
            }

            var size = new long[rank];
            for (var i = 0; i < rank; i++)
            {
                size[i] = cursor.UInt32(what);
            }

            return rank == 0 ? null : size;
        }

        private long[]? ReadSparse(long start, int emptyRank)
        {
            var storage = cursor.Int32(what);
            if (storage is < -1 or > (int)ParamsStorage.CompressedRows)
            {
                throw cursor.NotTheFormat($"{what} has the storage type {storage}", start);
            }

            _storage = (ParamsStorage)Math.Max(storage, 0);
            _storageSize = _storage == ParamsStorage.Dense ? null : ReadSize(start, emptyRank: -1);
            return ReadSize(start, emptyRank);
        }

        private long[]? ReadSize(long start, int emptyRank)
        {
            var rank = cursor.Int32(what);
            if (rank == emptyRank)
            {
                return null;
            }

            if (rank < 0 || rank > maximumRank)
            {
                throw cursor.NotTheFormat($"{what} has {rank} dimensions; at most {maximumRank} are read", start);
            }

            var size = new long[rank];
            for (var i = 0; i < rank; i++)
            {
                size[i] = cursor.Int64(what);
            }

            return size;
        }

        private ParamsEntry ReadData(uint magic, long[] size, long start)
        {
            cursor.Skip(ContextBytes, what);
            var typeFlag = cursor.Int32(what);
            for (var i = 0; i < (int)_storage; i++)
            {
                var indexType = cursor.Int32(what);
                _indices.Add((ReadSize(start, emptyRank: -1) ?? [], indexType));
            }

            var length = Length(_storageSize ?? size, typeFlag, start);
            var offset = cursor.Position;
            cursor.Skip(length, $"the content of {what}");
            foreach (var (indexSize, indexType) in _indices)
            {
                cursor.Skip(Length(indexSize, indexType, start), $"the index of {what}");
            }

            cursor.Hold((long)size.Length * sizeof(long));
            return new ParamsEntry("", magic, size, _storage, typeFlag, offset, length);
        }

        private long Length(long[] size, int typeFlag, long start)
        {
            var bytes = MXNetElementTypes.Bytes(typeFlag)
                ?? throw cursor.NotTheFormat($"{what} has the element type {typeFlag}, which MXNet does not have", start);
            var length = Window.Product([.. size, bytes]);
            return length >= 0
                ? length
                : throw cursor.NotTheFormat($"{what} has the impossible size [{string.Join(", ", size)}]", start);
        }
    }
}
