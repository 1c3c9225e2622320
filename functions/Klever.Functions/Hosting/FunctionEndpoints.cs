using Klever.Functions.Access;
using Klever.Functions.Events;

namespace Klever.Functions.Hosting;

/// <summary>Shows the faces that this process is to show, and says so at start.</summary>
internal static partial class FunctionEndpoints
{
    public static void MapFunctions(this WebApplication app, IReadOnlyList<IFunction> functions, KleverOptions options)
    {
        if (options.Face is Face.Both or Face.Events)
        {
            app.MapEvents(functions);
        }

        if (options.Face is Face.Both or Face.Public)
        {
            var routes = app.ForKnownCallers();
            foreach (var function in functions)
            {
                function.MapPublic(routes);
            }
        }
    }

    public static void LogStart(this WebApplication app, IReadOnlyList<IFunction> functions, KleverOptions options)
    {
        LogFunctions(app.Logger, string.Join(", ", functions.Select(function => function.Name)), options.Face, options.Registry);
        if (options.Access == AccessMode.Open && options.Face != Face.Events)
        {
            LogOpen(app.Logger);
        }
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Functions {Functions}, face {Face}, registry {Registry}")]
    private static partial void LogFunctions(ILogger logger, string functions, Face face, RegistrySettings registry);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "Klever:Access is Open: anyone who reaches this port may do anything. For one machine only")]
    private static partial void LogOpen(ILogger logger);
}
