using Klever.Functions;
using Klever.Functions.Events;
using Klever.Functions.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
var options = builder.AddKlever();
var functions = FunctionTable.Selected(options);
builder.AddFunctions(functions, options);

var app = builder.Build();
app.UseKlever();
app.MapHealth();
app.MapFunctions(functions, options);
app.LogStart(functions, options);
await app.RunAsync();
