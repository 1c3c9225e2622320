using Dapr;
using Grpc.Core;

namespace Klever.State.Dapr;

/// <summary>What the Dapr client throws, as a <see cref="StateException"/>.</summary>
internal static class DaprFailure
{
    public static bool Is(Exception exception) => exception is DaprException or RpcException;

    public static StateException Translate(Exception exception, string store)
    {
        var rpc = exception as RpcException ?? exception.InnerException as RpcException;
        var detail = rpc is null ? exception.Message : $"{rpc.StatusCode}: {rpc.Status.Detail}";
        return new StateException($"the state store {store} fails: {detail}", exception)
        {
            // A missing component or method is a matter of configuration; everything else may pass.
            IsTransient = rpc?.StatusCode
                is not (StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.Unimplemented),
        };
    }
}
