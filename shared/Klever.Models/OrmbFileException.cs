namespace Klever.Models;

/// <summary>A document that is not an ormbfile; the message says where and what would be right.</summary>
public sealed class OrmbFileException(string message, Exception? inner = null) : FormatException(message, inner);
