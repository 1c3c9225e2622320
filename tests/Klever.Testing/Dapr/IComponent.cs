using Google.Protobuf;

namespace Klever.Testing.Dapr;

/// <summary>A state component behind the sidecar, with the manners of the real one (dapr/components-contrib, <c>state/*</c>): what it
/// does with etags, with first-write and with the time to live, and how it refuses.</summary>
public interface IComponent
{
    IReadOnlyCollection<string> Keys { get; }

    (ByteString Value, string ETag)? Get(string key);

    /// <param name="key">With whatever the client put before it.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="etag">Null when none, or an empty one, was sent.</param>
    /// <param name="isFirstWrite">The option concurrency.</param>
    /// <param name="timeToLive">Metadata ttlInSeconds; null when it is not there.</param>
    /// <exception cref="ComponentException">It was not saved.</exception>
    void Save(string key, ByteString value, string? etag, bool isFirstWrite, int? timeToLive);

    /// <exception cref="ComponentException">It was not deleted.</exception>
    void Delete(string key, string? etag);
}
