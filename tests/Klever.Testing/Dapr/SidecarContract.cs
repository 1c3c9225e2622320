using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Klever.Testing.Dapr;

/// <summary>The server side of the state calls of <c>dapr.proto.runtime.v1.Dapr</c>; the client package ships the
/// client side only.</summary>
[BindServiceMethod(typeof(SidecarContract), nameof(Bind))]
public abstract class SidecarContract
{
    private const string Service = "dapr.proto.runtime.v1.Dapr";

    public static void Bind(ServiceBinderBase binder, SidecarContract? service)
    {
        binder.AddMethod(
            Method(nameof(GetState), GetStateRequest.Parser, GetStateResponse.Parser),
            service is null ? null : new UnaryServerMethod<GetStateRequest, GetStateResponse>(service.GetState));
        binder.AddMethod(
            Method(nameof(SaveState), SaveStateRequest.Parser, Empty.Parser),
            service is null ? null : new UnaryServerMethod<SaveStateRequest, Empty>(service.SaveState));
        binder.AddMethod(
            Method(nameof(DeleteState), DeleteStateRequest.Parser, Empty.Parser),
            service is null ? null : new UnaryServerMethod<DeleteStateRequest, Empty>(service.DeleteState));
    }

    public abstract Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context);

    public abstract Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context);

    public abstract Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context);

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(
        string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(
            MethodType.Unary,
            Service,
            name,
            Marshallers.Create(m => m.ToByteArray(), request.ParseFrom),
            Marshallers.Create(m => m.ToByteArray(), response.ParseFrom));
}
