using Klever.Testing;

namespace Klever.Architecture.Tests;

public class DependencyTests
{
    [Fact]
    public void Projects_DependOnlyInTheAllowedDirection()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["shared"] = ["shared"],
            ["functions"] = ["shared"],
            ["scripts"] = ["shared", "scripts"],
            ["tests"] = ["shared", "functions", "scripts", "tests"],
        };
        var areas = ProjectFile.All.ToDictionary(project => project.Name, project => project.Area);

        var wrong = ProjectFile.All.SelectMany(project => project.References
            .Where(reference => !allowed[project.Area].Contains(areas[reference]))
            .Select(reference => $"{project.Name} -> {reference}"));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Klever.Models", "")]
    [InlineData("Klever.Formats", "Klever.Models")]
    [InlineData("Klever.Conversion", "Klever.Formats Klever.Models")]
    [InlineData("Klever.Oci", "Klever.Models")]
    [InlineData("Klever.State", "")]
    public void SharedProject_KnowsOnlyItsNeighbours(string name, string neighbours)
    {
        var project = ProjectFile.All.Single(p => p.Name == name);

        Assert.Empty(project.References.Except(neighbours.Split(' ')));
    }

    [Theory]
    [InlineData("Klever.Models")]
    [InlineData("Klever.Formats")]
    [InlineData("Klever.Conversion")]
    public void DomainProject_KnowsNoHttpKubernetesOrHosting(string name)
    {
        var project = ProjectFile.All.Single(p => p.Name == name);
        string[] forbidden = ["AspNetCore", "Kubernetes", "Http", "Hosting", "Dapr", "Grpc", "CloudEvents"];

        Assert.Equal("Microsoft.NET.Sdk", project.Sdk);
        Assert.DoesNotContain(project.Packages, package => forbidden.Any(package.Contains));
    }

    [Fact]
    public void Functions_DoNotUseEachOther()
    {
        var root = Path.Combine(SharedFolder.Repository, "functions", "Klever.Functions");
        string[] functions = ["HarborPush", "ModelJobs", "JobCompletion", "Servings", "Models", "HarborAgent", "Cluster", "Sweep"];

        var wrong = from function in functions
                    let folder = Path.Combine(root, function)
                    where Directory.Exists(folder)
                    from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                    from other in functions
                    where other != function && File.ReadAllText(file).Contains($"using Klever.Functions.{other};")
                    select $"{Path.GetRelativePath(root, file)} uses {other}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(SharedFolder.Repository, "Klever.Functions.sln")).Replace('\\', '/');

        Assert.DoesNotContain(ProjectFile.All, project => !solution.Contains($"\"{project.Path}\""));
    }
}
