namespace Klever.Local.Platform;

/// <summary><c>klever-local up</c>.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(PlatformOptions options, CancellationToken cancellationToken)
    {
        await using var platform = await LocalPlatform.StartAsync(options, cancellationToken);
        Console.WriteLine($"""
            Klever.Functions runs on this machine.
              functions   {platform.Service("api")}   (webhook: POST /webhook with Authorization: {platform.WebhookSecret})
              events      {platform.Service("model-jobs")}   (func invoke -t this; knative/samples has events)
              registry    {platform.Registry}   ({(platform.IsRealRegistry ? "docker-registry" : "the in-process stand-in, because docker-registry is not installed")})
              cluster     {platform.Cluster}   (kubectl --server {platform.Cluster} get modeljobs)
              broker      {platform.Broker}
              servings    {platform.Gateway}seldon/NAMESPACE/NAME/…
              what happens: curl -N {platform.Eventing}local/events
            Try: klever push DIR {platform.Registry.Authority}/demo/model:v1 --plain-http
            Ctrl-C ends it.
            """);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("stopping");
        }

        return 0;
    }
}
