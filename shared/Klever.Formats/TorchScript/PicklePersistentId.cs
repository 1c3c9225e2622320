namespace Klever.Formats.TorchScript;

/// <summary>A reference to a storage of the archive: <c>("storage", type, key, device, elements)</c>.</summary>
internal sealed record PicklePersistentId(object? Id);
