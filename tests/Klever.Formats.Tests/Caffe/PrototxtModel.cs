using System.Text;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Caffe;

/// <summary>A Caffe model of a given prototxt; what it reads does not depend on its weights.</summary>
internal static class PrototxtModel
{
    public static Signature Extract(string prototxt, Signature? declared = null, ReadLimits? limits = null) =>
        Extract(Encoding.UTF8.GetBytes(prototxt), declared, limits);

    public static Signature Extract(byte[] prototxt, Signature? declared = null, ReadLimits? limits = null)
    {
        var files = SampleModels.Files(ModelFormat.CaffeModel).ToDictionary();
        files["classifier.prototxt"] = prototxt;
        return ModelBytes.Extract(ModelFormat.CaffeModel, files, declared, limits);
    }

    /// <summary>The size of the blob <c>y</c> that one layer makes of the blobs <c>x</c> (and <c>x2</c>).</summary>
    public static IReadOnlyList<long>? SizeOf(string layer, params string[] inputs)
    {
        var text = new StringBuilder();
        for (var i = 0; i < inputs.Length; i++)
        {
            var name = i == 0 ? "x" : $"x{i + 1}";
            text.Append($"input: \"{name}\" input_shape {{ {string.Join(' ', inputs[i].Split(' ').Select(d => $"dim: {d}"))} }}\n");
        }

        var bottoms = string.Concat(inputs.Select((_, i) => i == 0 ? "bottom: \"x\" " : $"bottom: \"x{i + 1}\" "));
        text.Append($"layer {{ name: \"l\" {bottoms} top: \"y\" {layer} }}");
        return Extract(text.ToString()).Outputs.Single(output => output.Name == "y").Size;
    }
}
