namespace Klever.Oci.Ormb;

/// <summary>A directory that cannot be packed; the message names it, the place and what would be right.</summary>
public sealed class ModelDirectoryException(string message) : Exception(message);
