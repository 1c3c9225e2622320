namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Element types of TensorFlow (<c>types.proto</c>).</summary>
internal enum TfType
{
    Float = 1,
    Double = 2,
    Int32 = 3,
    UInt8 = 4,
    Int16 = 5,
    Int8 = 6,
    Text = 7,
    Int64 = 9,
    Boolean = 10,
    BFloat16 = 14,
    UInt16 = 17,
    Half = 19,
    Resource = 20,
    Variant = 21,
    UInt32 = 22,
    UInt64 = 23,
}
