using System.CommandLine;
using Klever.Local;

return await PlatformCommands.Create().Parse(args).InvokeAsync();
