namespace Klever.Formats.Caffe.TextFormat;

/// <summary>A place in a text file; both count from 1, columns in bytes.</summary>
internal readonly record struct TextPosition(int Line, int Column);
