using Klever.Formats.TensorFlow;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>One output of a node.</summary>
internal readonly record struct TensorKey(GraphNode Node, int Output);
