using Klever.CommandLine.Inspection;
using Klever.CommandLine.Verification;
using Klever.Conversion;
using Klever.Models;

namespace Klever.CommandLine.Converting;

/// <summary>Converts a directory in ORMB layout into another one, and describes the result.</summary>
internal sealed class DirectoryConversion(
    CommandContext context, ModelFormat from, ModelFormat to, ConversionTensors tensors, ConversionSettings settings)
{
    /// <param name="source">Holds <c>model/</c>.</param>
    /// <param name="description">The ormbfile of the source: what it says of anything but the format holds for the result.</param>
    /// <param name="target">An existing directory; gets <c>model/</c> and <c>ormbfile.yaml</c>.</param>
    /// <exception cref="ConversionException">The model cannot be converted.</exception>
    public void Run(string source, OrmbFile description, string target)
    {
        var declared = description.Signature;
        var inputs = tensors.Inputs.Count > 0 ? tensors.Inputs : declared.Inputs;
        ModelConverters.Get(from, to).Convert(new ConversionRequest
        {
            SourceDirectory = source,
            TargetDirectory = target,
            Inputs = inputs,
            Outputs = tensors.Outputs,
            Opset = settings.Opset,
            UsesVariables = settings.UsesVariables,
            Progress = new Lines(context.Error),
        });

        // Formats that hold no signature, such as NetDef, keep the declared one: the converters keep the names.
        var known = Signature.Empty with
        {
            Inputs = inputs,
            Outputs = tensors.Outputs.Count > 0 ? tensors.Outputs : declared.Outputs,
        };
        var described = description
            .With("signature", null).With("directoryStructure", null)
            .WithFormat(to).WithFramework(to.Framework)
            .WithExtracted(known);
        var found = LocalModel.Find(target)!.Extract(to).Signature;
        if (settings.Verifies)
        {
            OnnxVerification.Run(context, target, to, found);
        }

        File.WriteAllText(Path.Combine(target, OrmbFile.FileName), described.WithExtracted(found).ToYaml());
    }

    private sealed class Lines(TextWriter writer) : IProgress<string>
    {
        public void Report(string value) => writer.WriteLine(value);
    }
}
