namespace Klever.Formats.Caffe.TextFormat;

internal readonly record struct TextField(string Name, TextValue Value);
