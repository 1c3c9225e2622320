using Klever.Formats.Protobuf;

namespace Klever.Samples;

/// <summary>An entry of NodeDef.attr: a name, and what writes its AttrValue.</summary>
internal sealed record NodeAttribute(string Name, Action<ProtobufWriter> Write);
