using Klever.Formats;
using Klever.Formats.NetDef;
using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>A file with a net, and a way back to the values in it that reading passed over.</summary>
internal sealed class NetFile
{
    private readonly string _name;
    private readonly string _path;
    private readonly ReadLimits _limits;

    /// <exception cref="ModelReadException">It is not a net.</exception>
    public NetFile(ConversionRequest request, string name)
    {
        (_name, _path, _limits) = ($"model/{name}", request.SourceFile(name), request.Limits);
        if (!File.Exists(_path))
        {
            throw ModelReadException.NotTheFormat(
                ModelFormat.NetDef, file: null, $"a NetDef model needs {name} in model/");
        }

        using var content = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        Net = NetReader.Read(new ModelFile(ModelFormat.NetDef, _name, content.Length, content, _limits));
    }

    public Net Net { get; }

    /// <summary>Opens the fields of an argument again. The caller disposes <paramref name="slice"/>.</summary>
    public ProtobufReader Open(NetArgument argument, out FileSlice slice)
    {
        slice = new FileSlice(_path, argument.Offset, argument.Length);
        return new ProtobufReader(new ModelFile(ModelFormat.NetDef, _name, argument.Length, slice, _limits));
    }
}
