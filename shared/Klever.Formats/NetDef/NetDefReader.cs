using Klever.Models;

namespace Klever.Formats.NetDef;

/// <summary>Reads <c>predict_net.pb</c> and <c>init_net.pb</c> of Caffe2. The init net may hold 2 GB of values; its
/// shapes are read.</summary>
internal sealed class NetDefReader(Signature declared) : IModelReader
{
    private const string InitFile = "init_net.pb";
    private const string PredictFile = "predict_net.pb";

    private Net _init = new();
    private Net _predict = new();

    public FileUse Use(string path) => path is InitFile or PredictFile ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var net = NetReader.Read(file);
        if (net.Operators.Count == 0)
        {
            throw file.NotTheFormat("the net has no operators (field 2)");
        }

        if (file.Path.EndsWith(InitFile, StringComparison.Ordinal))
        {
            _init = net;
        }
        else
        {
            _predict = net;
        }
    }

    public Signature Complete() => new NetSignature(_init, _predict, declared).ToSignature();
}
