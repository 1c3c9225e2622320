using System.Text.RegularExpressions;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Local.Platform;
using Klever.Testing;
using Microsoft.Extensions.Configuration;

namespace Klever.Functions.Tests.Knative;

/// <summary>A name that YAML, code and README share is the same in all of them.</summary>
public sealed class NameTests
{
    private static readonly IReadOnlyDictionary<string, IFunction> Functions = FunctionTable.All.ToDictionary(function => function.Name);

    [Fact]
    public void EveryFunction_IsRunByAService_AndEveryServiceRunsFunctions()
    {
        var run = KnativeFiles.Services.SelectMany(service => service.Functions.Split(',')).Distinct();

        Assert.Equal(Functions.Keys.Order(), run.Order());
    }

    [Fact]
    public void EveryTrigger_BringsWhatItsServiceTakes()
    {
        foreach (var (name, type, kind, subscriber) in KnativeFiles.Triggers)
        {
            var takers = RoutesOf(subscriber).Where(route => route.Type == type && route.Kind == kind);

            Assert.True(takers.Any(), $"Trigger {name} brings {type} of {kind} to {subscriber}, which does not take it");
        }
    }

    [Fact]
    public void EveryEventThatAFunctionTakes_IsBroughtByATrigger()
    {
        var brought = KnativeFiles.Triggers.SelectMany(trigger => RoutesOf(trigger.Subscriber)
            .Where(route => route.Kind is null ? route.Type == trigger.Type : route.Kind == trigger.Kind)).ToHashSet();

        var alone = Functions.Values.SelectMany(function => function.Events).Where(route => route.Type != EventRoute.AnyType).Except(brought);

        Assert.Empty(alone.Select(route => $"{route.Type} {route.Kind}"));
        Assert.All(KnativeFiles.DeadLetterPaths, path => Assert.Equal("/events/dead-letters", path));
    }

    [Fact]
    public void TheLocalPlatform_RunsTheSameServices()
    {
        Assert.Equal(
            KnativeFiles.Services.Select(service => (service.Name, service.Functions, service.Face)).Order(),
            FunctionProcess.OnePerService.Select(process => (process.Services.Single(), process.Functions, process.Face)).Order());
        Assert.Equal(
            KnativeFiles.Services.Select(service => (service.Name, service.Face)).Order(),
            FunctionProcess.Default.SelectMany(process => process.Services.Select(name => (name, process.Face))).Order());
    }

    [Fact]
    public void Images_CarryTheVersionOfThisTree()
    {
        var version = Regex.Match(File.ReadAllText(Path.Combine(SharedFolder.Repository, "Directory.Build.props")), "<Version>(.+)</Version>").Groups[1].Value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Klever:Registry:Address", "https://harbor.example.com")]).Build();

        Assert.All(KnativeFiles.Services, service => Assert.Equal($"ghcr.io/kleveross/klever-functions:{version}", service.Image));
        Assert.Equal($"ghcr.io/kleveross/klever:{version}", OptionsReader.Read(configuration).Jobs.Image);
        Assert.Contains($"image: ghcr.io/kleveross/klever-functions:{version}\n", File.ReadAllText(Path.Combine(SharedFolder.Repository, "func.yaml")));
    }

    [Fact]
    public async Task Probes_AskWhatAnswers()
    {
        using var app = new KleverApp();

        foreach (var path in KnativeFiles.Services.SelectMany(service => service.ProbePaths).Distinct())
        {
            using var response = await app.CreateClient().GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    [Fact]
    public void TheReadmeOfKnative_HasARowForEachServiceWithItsFaceAndScale()
    {
        var readme = File.ReadAllText(Path.Combine(KnativeFiles.Directory, "README.md"));

        Assert.All(KnativeFiles.Services, service => Assert.Contains($"| `{service.Name}` | {service.Face} | {service.Scale} | ", readme));
    }

    [Fact]
    public void TheReadmeOfTheRoot_HasARowForEachFunction()
    {
        var readme = File.ReadAllText(Path.Combine(SharedFolder.Repository, "README.md"));

        Assert.All(Functions.Keys, name => Assert.Contains($"| [`{name}`](functions/Klever.Functions/", readme));
    }

    [Fact]
    public void EverySettingThatIsDeployed_IsDescribed()
    {
        var described = File.ReadAllText(Path.Combine(SharedFolder.Repository, "functions", "Klever.Functions", "README.md"));
        var settings = Directory.GetFiles(KnativeFiles.Directory, "settings.env", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Where(line => line.Contains('=') && !line.StartsWith('#')).Select(line => line.Split('=')[0].Replace("__", ":"));

        Assert.All(settings.Distinct(), setting => Assert.True(
            described.Contains(setting, StringComparison.Ordinal) || described.Contains($"`:{setting.Split(':')[^1]}`", StringComparison.Ordinal), setting));
    }

    private static IEnumerable<EventRoute> RoutesOf(string service) =>
        KnativeFiles.Services.Single(s => s.Name == service).Functions.Split(',').SelectMany(name => Functions[name].Events);
}
