using Klever.Functions;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Functions.OpenApi;

// Settings are read once. Watching for changes would walk through every directory below the working directory before it listens.
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
var options = builder.AddKlever();
var functions = FunctionTable.Selected(options);
builder.AddFunctions(functions, options);
builder.AddDescription(options);

var app = builder.Build();
app.UseKlever(options);
app.MapHealth();
app.MapFunctions(functions, options);
app.MapDescription(options);
app.LogStart(functions, options);
await app.RunAsync();
