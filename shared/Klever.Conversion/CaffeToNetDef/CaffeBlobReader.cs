using Klever.Formats;
using Klever.Formats.Protobuf;
using Klever.Formats.Shapes;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Finds the weights in a <c>.caffemodel</c> of any age: their sizes, and where in the file they
/// stand.</summary>
internal sealed class CaffeBlobReader
{
    private readonly ModelFile _file;
    private readonly ProtobufReader _reader;
    private readonly string _path;
    private readonly Dictionary<string, IReadOnlyList<CaffeBlob>> _layers = new(StringComparer.Ordinal);

    private CaffeBlobReader(ModelFile file, string path) => (_file, _reader, _path) = (file, new ProtobufReader(file), path);

    /// <returns>The weights by the names of their layers; layers without weights are left out.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<CaffeBlob>> Read(ModelFile file, string path)
    {
        var reader = new CaffeBlobReader(file, path);
        reader.Read();
        return reader._layers;
    }

    private void Read()
    {
        const int FormerLayersField = 2;
        const int LayerField = 100;
        while (_reader.NextField())
        {
            if (_reader.Field == LayerField)
            {
                ReadLayer(nameField: 1, blobsField: 7, innerField: null);
            }
            else if (_reader.Field == FormerLayersField)
            {
                ReadLayer(nameField: 4, blobsField: 6, innerField: 1);
            }
        }
    }

    // In the first form the layer itself is within the connection, with its weights in field 50.
    private void ReadLayer(int nameField, int blobsField, int? innerField)
    {
        var name = "";
        var blobs = new List<CaffeBlob>();
        foreach (var field in _reader.EnterMessage("layer"))
        {
            if (field == nameField)
            {
                name = _reader.ReadName("name");
            }
            else if (field == blobsField)
            {
                blobs.Add(ReadBlob());
            }
            else if (field == innerField)
            {
                ReadLayer(nameField: 1, blobsField: 50, innerField: null);
            }
        }

        if (blobs.Count > 0)
        {
            _layers[name] = blobs;
        }
    }

    private CaffeBlob ReadBlob()
    {
        var legacy = new long[] { 1, 1, 1, 1 };
        var size = default(List<long>);
        var content = FloatContent.Of([]);
        foreach (var field in _reader.EnterMessage("blobs"))
        {
            switch (field)
            {
                case >= 1 and <= 4:
                    legacy[field - 1] = _reader.ReadInt64("dimension");
                    break;
                case 5 or 8:
                    content = ReadContent(isDouble: field == 8);
                    break;
                case 7:
                    size = ReadShape();
                    break;
                case 10 or 11 or 12:
                    throw _file.NotSupported("weights are stored in a form of NVIDIA's fork", _reader.Position);
            }
        }

        var dimensions = size?.ToArray() ?? legacy;
        return Window.Product(dimensions) == content.Count
            ? new CaffeBlob(dimensions, content)
            : throw _reader.NotTheFormat($"a blob of size [{string.Join(", ", dimensions)}] has {content.Count} values");
    }

    private FloatContent ReadContent(bool isDouble)
    {
        if (_reader.WireType != WireType.Bytes)
        {
            throw _file.NotSupported("weights are stored one by one; save the model with a current Caffe", _reader.Position);
        }

        var width = isDouble ? sizeof(double) : sizeof(float);
        using (_reader.EnterMessage("data"))
        {
            return _reader.Remaining % width == 0
                ? FloatContent.OfFile(_path, _reader.Position, _reader.Remaining / width, isDouble)
                : throw _reader.NotTheFormat("the last value of a blob is cut off");
        }
    }

    private List<long> ReadShape()
    {
        var size = new List<long>();
        foreach (var field in _reader.EnterMessage("shape"))
        {
            if (field == 1)
            {
                _reader.ReadRepeatedInt64("dim", size, _file.Limits.MaximumRank);
            }
        }

        return size;
    }
}
