using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Klever.Testing.Dapr;

/// <summary>The state calls of daprd over one component.</summary>
public sealed class SidecarService(IComponent component) : SidecarContract
{
    private readonly Lock _lock = new();

    /// <summary>When set, every call fails with it.</summary>
    public Status? Failure { get; set; }

    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context) => Call(
        request.StoreName,
        () => component.Get(request.Key) is var (value, etag) ? new GetStateResponse { Data = value, Etag = etag } : new GetStateResponse());

    public override Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context) => Call(request.StoreName, () =>
    {
        foreach (var item in request.States)
        {
            component.Save(
                item.Key,
                item.Value,
                Sent(item.Etag),
                item.Options.Concurrency == StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite,
                item.Metadata.TryGetValue("ttlInSeconds", out var seconds) ? TimeToLive(seconds) : null);
        }

        return new Empty();
    });

    public override Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context) => Call(request.StoreName, () =>
    {
        component.Delete(request.Key, Sent(request.Etag));
        return new Empty();
    });

    private Task<T> Call<T>(string store, Func<T> act)
    {
        Check(store);
        lock (_lock)
        {
            try
            {
                return Task.FromResult(act());
            }
            catch (ComponentException exception)
            {
                throw new RpcException(new Status(exception.IsETagMismatch ? StatusCode.Aborted : StatusCode.Internal, exception.Message));
            }
        }
    }

    // Components take -1 for "for ever", and nothing below (components-contrib, state/utils).
    private static int TimeToLive(string seconds) => int.Parse(seconds) is >= -1 and var time
        ? time
        : throw ComponentException.Failure("incorrect value for metadata ttlInSeconds: must be -1 or greater");

    private static string? Sent(Etag? etag) => etag is { Value: { Length: > 0 } value } ? value : null;

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
}
