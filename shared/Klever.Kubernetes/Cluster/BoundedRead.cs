namespace Klever.Kubernetes.Cluster;

/// <summary>Reads an answer whole, up to a limit.</summary>
internal static class BoundedRead
{
    public static async Task<byte[]> Async(
        Stream source, int limit, bool cut, string what, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (content.Length <= limit)
        {
            var count = await source.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return content.ToArray();
            }

            content.Write(buffer, 0, count);
        }

        return cut
            ? content.GetBuffer()[..limit]
            : throw new ClusterException(
                ClusterFailure.Unexpected, $"{what}: the answer is longer than {limit} bytes; ask for smaller pages.");
    }
}
