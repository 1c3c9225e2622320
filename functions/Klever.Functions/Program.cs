using Klever.Functions;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Functions.OpenApi;

var builder = LeanHost.CreateBuilder(args);
var options = builder.AddKlever();
var functions = FunctionTable.Selected(options);
builder.AddFunctions(functions, options);
builder.AddDescription(functions, options);

var app = builder.Build();
app.UseKlever(options);
app.MapHealth();
app.MapFunctions(functions, options);
app.MapDescription(functions, options);
app.LogStart(functions, options);
await app.RunAsync();
