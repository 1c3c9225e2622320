using System.CommandLine;
using Klever.Local;

// The functions end their requests first, and a registry of many gigabytes takes a while to delete.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await PlatformCommands.Create().Parse(args).InvokeAsync(configuration);
