using Klever.Formats;
using Klever.Models;

namespace Klever.Conversion;

/// <summary>Two converters, one after the other; what lies between is in a temporary directory that is deleted at the end.</summary>
internal sealed class ConverterChain(IModelConverter first, IModelConverter second) : IModelConverter
{
    public ModelFormat From => first.From;

    public ModelFormat To => second.To;

    public void Convert(ConversionRequest request)
    {
        // The format in the middle may not hold sizes (NetDef does not), so they travel beside it.
        var inputs = request.Inputs.Count > 0 ? request.Inputs : InputsOf(request);
        var between = Directory.CreateTempSubdirectory("klever-chain-");
        try
        {
            first.Convert(request with { TargetDirectory = between.FullName, Outputs = [] });
            second.Convert(request with { SourceDirectory = between.FullName, Inputs = inputs });
        }
        finally
        {
            between.Delete(recursive: true);
        }
    }

    private IReadOnlyList<Tensor> InputsOf(ConversionRequest request)
    {
        var extractor = new SignatureExtractor(From, Signature.Empty);
        foreach (var path in ModelDirectoryFiles.List(request.SourceDirectory))
        {
            using var content = new FileStream(
                Path.Combine(request.SourceDirectory, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            extractor.Accept(path, content.Length, content);
        }

        return extractor.Complete().Signature.Inputs;
    }
}
