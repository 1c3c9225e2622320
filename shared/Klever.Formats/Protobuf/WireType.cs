namespace Klever.Formats.Protobuf;

/// <summary>How a field is encoded (Protocol Buffers encoding, "Message Structure").</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
