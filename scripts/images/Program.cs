using Klever.Images;

return await ImageCommand.Create().Parse(args).InvokeAsync();
