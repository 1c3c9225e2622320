using Klever.CommandLine;

return await KleverCommand.RunAsync(args, CommandContext.FromProcess());
