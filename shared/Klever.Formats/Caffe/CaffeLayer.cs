using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>A layer in the form of Caffe's <c>LayerParameter</c>; older forms are brought into it.</summary>
/// <param name="Name">May be empty, and need not be unique.</param>
/// <param name="Type">The type's current name, such as <c>InnerProduct</c>, also where the file says
/// <c>INNER_PRODUCT</c> or <c>innerproduct</c>.</param>
/// <param name="Parameters">All fields of the layer: <c>convolution_param</c>, <c>include</c> and so on.</param>
/// <param name="Position">Where the file begins it.</param>
internal sealed record CaffeLayer(
    string Name,
    string Type,
    IReadOnlyList<string> Bottoms,
    IReadOnlyList<string> Tops,
    TextMessage Parameters,
    TextPosition Position);
