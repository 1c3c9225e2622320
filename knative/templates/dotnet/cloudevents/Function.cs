using System.Text.Json.Nodes;

/// <summary>What you write.</summary>
internal static class Function
{
    /// <summary>Takes an event, and may answer with another one, which the broker delivers in turn.</summary>
    /// <exception cref="FormatException">The event can never be used: it goes to the dead letters. Any other exception makes the
    /// broker deliver it again.</exception>
    public static Task<CloudEvent?> HandleAsync(CloudEvent received, CancellationToken cancellationToken)
    {
        var answer = new CloudEvent
        {
            Id = Guid.NewGuid().ToString(),
            Source = "/function",
            Type = "function.answered",
            Subject = received.Id,
            Data = new JsonObject { ["received"] = received.Data?.DeepClone() },
        };
        return Task.FromResult<CloudEvent?>(answer);
    }
}
