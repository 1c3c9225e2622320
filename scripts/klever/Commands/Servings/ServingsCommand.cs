using System.CommandLine;

namespace Klever.CommandLine.Commands.Servings;

/// <summary><c>klever servings</c>: the servings of the Klever API.</summary>
internal static class ServingsCommand
{
    public static Argument<string> Name() => new("name") { Description = "Name of the serving." };

    public static Command Create(CommandContext context) => new("servings", "Servings: models that answer requests in the cluster.")
    {
        ListServingsCommand.Create(context),
        GetServingCommand.Create(context),
        CreateServingCommand.Create(context),
        DeleteServingCommand.Create(context),
        EventsCommand.Create(context, "servings", Name(), "a serving and its pods"),
    };
}
