using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Klever.Testing;

namespace Klever.State.Tests.Dapr;

/// <summary>A component in memory that counts its etags.</summary>
public sealed class SidecarService(SidecarBehaviour behaviour, ManualClock clock) : SidecarContract
{
    private readonly Dictionary<string, (ByteString Value, string ETag, DateTimeOffset? Expires)> _entries = [];
    private readonly Lock _lock = new();
    private int _etag;

    /// <summary>When set, every call fails with it.</summary>
    public Status? Failure { get; set; }

    public IReadOnlyCollection<string> Keys => _entries.Keys;

    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context)
    {
        Check(request.StoreName);
        lock (_lock)
        {
            return Task.FromResult(Find(request.Key) is { } entry
                ? new GetStateResponse { Data = entry.Value, Etag = entry.ETag }
                : new GetStateResponse());
        }
    }

    public override Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
    {
        Check(request.StoreName);
        lock (_lock)
        {
            foreach (var item in request.States)
            {
                Save(item);
            }
        }

        return Task.FromResult(new Empty());
    }

    public override Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context)
    {
        Check(request.StoreName);
        lock (_lock)
        {
            if (request.Etag is { Value: var etag } && (Find(request.Key) is not { } entry || entry.ETag != etag))
            {
                throw Refusal(StatusCode.Aborted);
            }

            _entries.Remove(request.Key);
        }

        return Task.FromResult(new Empty());
    }

    private void Save(StateItem item)
    {
        var current = Find(item.Key);
        var etag = item.Etag?.Value ?? "";
        if (etag.Length == 0 && current is not null && item.Options.Concurrency == StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite)
        {
            throw Refusal(behaviour == SidecarBehaviour.Aborting ? StatusCode.Aborted : StatusCode.Internal);
        }

        if (etag.Length > 0 && current?.ETag != etag)
        {
            throw Refusal(StatusCode.Aborted);
        }

        var expires = item.Metadata.TryGetValue("ttlInSeconds", out var seconds)
            ? clock.GetUtcNow().AddSeconds(int.Parse(seconds))
            : (DateTimeOffset?)null;
        _entries[item.Key] = (item.Value, $"{++_etag}", expires);
    }

    private (ByteString Value, string ETag, DateTimeOffset? Expires)? Find(string key) =>
        _entries.TryGetValue(key, out var entry) && !(entry.Expires <= clock.GetUtcNow()) ? entry : null;

    private void Check(string store)
    {
        if (Failure is { } failure)
        {
            throw new RpcException(failure);
        }

        if (store != Sidecar.StoreName)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"state store {store} is not found"));
        }
    }

    private static RpcException Refusal(StatusCode code) => new(new Status(code, "possible etag mismatch"));
}
