using Klever.Formats.Caffe.Shapes;
using Klever.Formats.Caffe.TextFormat;
using Klever.Models;

namespace Klever.Formats.Caffe;

/// <summary>Reads Caffe networks: the signature is that of the <c>.prototxt</c> in phase TEST; the <c>.caffemodel</c>
/// is only
/// checked to be one.</summary>
internal sealed class CaffeModelReader(ReaderContext context) : IModelReader
{
    private const string DType = "float32";

    private static readonly FileRule Prototxt = ModelFormat.CaffeModel.Requires[0];
    private static readonly FileRule CaffeModel = ModelFormat.CaffeModel.Requires[1];

    private Signature _signature = Signature.Empty;

    public FileUse Use(string path) => Prototxt.Matches(path) || CaffeModel.Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        if (CaffeModel.Matches(file.Path[SignatureExtractor.ModelDirectory.Length..]))
        {
            CaffeModelCheck.Run(file);
            return;
        }

        var text = WholeFile.Read(file);
        try
        {
            _signature = Describe(CaffeNet.Parse(text, file.Limits));
        }
        catch (TextFormatException exception)
        {
            throw exception.IsLimit
                ? file.LimitExceeded(exception.Message, inner: exception)
                : file.NotTheFormat(exception.Message, inner: exception);
        }
    }

    public Signature Complete() => _signature;

    private Signature Describe(CaffeNet net)
    {
        var sizes = net.Inputs.ToDictionary(
            input => input.Name, input => input.Size ?? DeclaredSize(input.Name), StringComparer.Ordinal);
        var blobs = CaffeShapes.Infer(net, sizes);
        return new Signature
        {
            Inputs = [.. net.Inputs.Select(input => Describe(input.Name, sizes[input.Name]))],
            Outputs = [.. net.Outputs().Select(name => Describe(name, blobs.GetValueOrDefault(name)))],
            Layers = Count(net.Layers).ToList(),
        };
    }

    private static LayerCounter Count(IReadOnlyList<CaffeLayer> layers)
    {
        var counter = new LayerCounter();
        foreach (var layer in layers.Where(layer => !CaffeInputs.IsInput(layer)))
        {
            counter.Add(layer.Type);
        }

        return counter;
    }

    private static Tensor Describe(string name, long[]? size) => new() { Name = name, DType = DType, Size = size };

    private long[]? DeclaredSize(string name) =>
        context.Declared.Inputs.FirstOrDefault(input => input.Name == name)?.Size is { } size ? [.. size] : null;
}
