namespace Klever.Conversion.CaffeToNetDef;

/// <summary>A Caffe2 operator (caffe2.proto, OperatorDef).</summary>
/// <param name="Name">That of the Caffe layer.</param>
internal sealed record NetOperator(
    string Type,
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<NetArgument> Arguments);

/// <summary>A weight of the net, with the name of its blob.</summary>
internal sealed record NetParameter(string Name, long[] Size, FloatContent Content);
