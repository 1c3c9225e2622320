using System.Text.Json.Nodes;

const int MaximumBytes = 1024 * 1024;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls($"http://+:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaximumBytes);
var app = builder.Build();

app.MapGet("/health/liveness", () => "alive");
app.MapGet("/health/readiness", () => "ready");
app.MapGet("/", () => "POST some JSON.");

// What you write. A body that is not JSON is answered with 400.
app.MapPost("/", (JsonNode received) => new JsonObject { ["received"] = received.DeepClone() });
app.Run();
