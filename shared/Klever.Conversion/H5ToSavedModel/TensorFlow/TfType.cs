namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Element types of TensorFlow (<c>types.proto</c>).</summary>
internal enum TfType
{
    Float = 1,
    Int32 = 3,
    Text = 7,
    Int64 = 9,
    Boolean = 10,
    Resource = 20,
    Variant = 21,
}
