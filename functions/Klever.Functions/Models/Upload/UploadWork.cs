namespace Klever.Functions.Models.Upload;

/// <summary>Who puts an upload together; nobody waits for a process that died longer than until <paramref name="Until"/>.</summary>
internal sealed record UploadWork(string Worker, DateTimeOffset Until);
