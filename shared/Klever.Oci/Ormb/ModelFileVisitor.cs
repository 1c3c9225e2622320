namespace Klever.Oci.Ormb;

/// <summary>Is offered each file of a layer, in the order of the archive. What it does not read is passed over.</summary>
/// <param name="path">Checked path such as <c>model/variables/variables.index</c>: relative, with forward slashes, inside <c>model/</c>.</param>
/// <param name="length">Bytes of <paramref name="content"/>.</param>
/// <param name="content">Forward only, readable until the visitor returns.</param>
public delegate void ModelFileVisitor(string path, long length, Stream content);
