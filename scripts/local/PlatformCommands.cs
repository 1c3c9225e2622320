using System.CommandLine;
using System.Text.RegularExpressions;
using Klever.Local.Demo;
using Klever.Local.Platform;
using Klever.Models;

namespace Klever.Local;

/// <summary>The command line of the platform: <c>up</c> and <c>demo</c>.</summary>
internal static partial class PlatformCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Klever.Functions on one machine: registry, cluster, eventing and the functions. A development tool.");
        root.Subcommands.Add(Up());
        root.Subcommands.Add(Demo());
        return root;
    }

    private static Command Up()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "Directory that keeps registry and cluster; a temporary one without it" };
        var registry = new Option<int>("--registry-port") { Description = "Port of the registry", DefaultValueFactory = _ => 5000 };
        var cluster = new Option<int>("--cluster-port") { Description = "Port of the Kubernetes API", DefaultValueFactory = _ => 8001 };
        var broker = new Option<int>("--broker-port") { Description = "Port of the broker", DefaultValueFactory = _ => 8082 };
        var gateway = new Option<int>("--gateway-port") { Description = "Port where servings are asked", DefaultValueFactory = _ => 8083 };
        var functions = new Option<int>("--port") { Description = "Port of the functions' public face; the events face has the next one", DefaultValueFactory = _ => 8080 };
        var namespaces = new Option<string[]>("--namespace") { Description = "A project that works in a namespace of its own, such as release=team-a" };
        namespaces.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ProjectNamespace().IsMatch(token.Value)))
            {
                result.AddError($"--namespace \"{token.Value}\" is not PROJECT=NAMESPACE, such as release=team-a.");
            }
        });
        var definitions = new Option<string[]>("--crd") { Description = "A further CRD file, such as Seldon's" };
        var command = new Command("up", "Start the platform and leave it running until Ctrl-C") { data, registry, cluster, broker, gateway, functions, namespaces, definitions };
        command.SetAction((arguments, token) => UpCommand.RunAsync(
            Installation.Options().WithProjects(arguments.GetValue(namespaces) ?? []) with
            {
                DataDirectory = arguments.GetValue(data)?.FullName,
                RegistryPort = arguments.GetValue(registry),
                ClusterPort = arguments.GetValue(cluster),
                BrokerPort = arguments.GetValue(broker),
                GatewayPort = arguments.GetValue(gateway),
                FunctionsPort = arguments.GetValue(functions),
                DefinitionFiles = arguments.GetValue(definitions) is { Length: > 0 } files ? files : Installation.Options().DefinitionFiles,
            },
            token));
        return command;
    }

    [GeneratedRegex("^[^=,]+=[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex ProjectNamespace();

    private static Command Demo()
    {
        var formats = new Option<string[]>("--format") { Description = "Formats to show, or all", DefaultValueFactory = _ => ["ONNX", "SavedModel"] };
        var convert = new Option<bool>("--convert") { Description = "Convert from each format to each that it can become, instead of once" };
        var command = new Command("demo", "Push models and watch their signatures arrive in ormbfile.yaml") { formats, convert };
        command.SetAction((arguments, token) => DemoCommand.RunAsync(
            arguments.GetValue(formats) ?? [],
            arguments.GetValue(convert) ? FormatConversions.All : [(ModelFormat.CaffeModel, ModelFormat.Onnx)],
            token));
        return command;
    }
}
