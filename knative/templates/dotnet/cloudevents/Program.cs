const int MaximumBytes = 1024 * 1024;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls($"http://+:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaximumBytes);
var app = builder.Build();

app.MapGet("/health/liveness", () => "alive");
app.MapGet("/health/readiness", () => "ready");
app.MapPost("/", async (HttpRequest request, HttpResponse response, CancellationToken cancellationToken) =>
{
    try
    {
        var received = await CloudEvent.ReadAsync(request, cancellationToken);
        return await Function.HandleAsync(received, cancellationToken) is { } answer ? answer.ToResult(response) : Results.NoContent();
    }
    catch (FormatException exception)
    {
        return Results.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
app.Run();
