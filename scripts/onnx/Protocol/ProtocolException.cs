namespace Klever.OnnxServer.Protocol;

/// <summary>A request that cannot be answered; the message goes into <c>{"error": …}</c>.</summary>
internal sealed class ProtocolException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status { get; } = status;
}
