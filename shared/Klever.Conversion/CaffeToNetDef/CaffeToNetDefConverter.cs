using Klever.Formats;
using Klever.Formats.Caffe;
using Klever.Formats.Caffe.TextFormat;
using Klever.Models;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Caffe networks to the two nets of Caffe2, with the semantics of Caffe itself.</summary>
internal sealed class CaffeToNetDefConverter : IModelConverter
{
    private const string InitName = "init_net.pb";
    private const string PredictName = "predict_net.pb";
    private const string TextName = "predict_net.pbtxt";

    public ModelFormat From => ModelFormat.CaffeModel;

    public ModelFormat To => ModelFormat.NetDef;

    public void Convert(ConversionRequest request)
    {
        var weightsPath = SourceFiles.Find(request, From, From.Requires[1]);
        var net = SourceFiles.Read(request, From, SourceFiles.Find(request, From, From.Requires[0]), Parse);
        var weights = SourceFiles.Read(request, From, weightsPath, file => CaffeBlobReader.Read(file, weightsPath));
        var conversion = new CaffeConversion(net, InputsOf(net, request.Inputs), weights);
        var draft = conversion.Convert();
        if (conversion.Issues.Count > 0)
        {
            throw new ConversionException(From, To, conversion.Issues);
        }

        if (draft.Operators.Count == 0)
        {
            throw Error(ConversionProblem.UnsupportedOperation, "the network has no layer to convert");
        }

        Write(request, draft);
    }

    private static CaffeNet Parse(ModelFile file)
    {
        try
        {
            return CaffeNet.Parse(WholeFile.Read(file), file.Limits);
        }
        catch (TextFormatException exception)
        {
            throw exception.IsLimit
                ? file.LimitExceeded(exception.Message, inner: exception)
                : file.NotTheFormat(exception.Message, inner: exception);
        }
    }

    // Sizes of the file, else those of the request: by name, then by order.
    private static List<CaffeInput> InputsOf(CaffeNet net, IReadOnlyList<Tensor> declared)
    {
        var matched = DeclaredInputs.Match([.. net.Inputs.Select(input => input.Name)], declared);
        return [.. net.Inputs.Select((input, i) => input with { Size = input.Size ?? matched[i]?.Size?.ToArray() })];
    }

    private void Write(ConversionRequest request, NetDraft net)
    {
        var length = NetDefWriter.MeasureInit(net);
        if (length > NetDefWriter.MaximumBytes)
        {
            throw Error(
                ConversionProblem.TooLarge,
                $"{InitName} would have {length} bytes, and a net of Caffe2 holds at most {NetDefWriter.MaximumBytes}");
        }

        string[] paths = [request.TargetFile(InitName), request.TargetFile(PredictName), request.TargetFile(TextName)];
        try
        {
            using (var init = new FileStream(paths[0], FileMode.Create, FileAccess.Write))
            {
                NetDefWriter.WriteInit(net, init);
            }

            File.WriteAllBytes(paths[1], NetDefWriter.Predict(net));
            File.WriteAllText(paths[2], NetDefText.Of(net));
        }
        catch
        {
            Array.ForEach(paths, File.Delete);
            throw;
        }

        request.Progress?.Report($"wrote {InitName} of {length} bytes, {PredictName} and {TextName}");
    }

    private ConversionException Error(ConversionProblem problem, string detail) =>
        new(From, To, [new ConversionIssue(problem, detail)]);
}
