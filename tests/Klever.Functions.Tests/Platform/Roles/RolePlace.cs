using Klever.Kubernetes.ModelJobs;
using Klever.Local.Cluster.Access;
using Klever.Local.Cluster.Objects;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>A namespace with Roles, and a project of the registry that works there.</summary>
internal sealed class RolePlace(RoleStage stage, string project, string space)
{
    public string Namespace => space;

    /// <summary>Where the REST of this namespace begins.</summary>
    public string Api => $"/api/v1alpha1/namespaces/{space}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Repository(string name) => $"{project}/{name}";

    /// <summary>Pushes a model and waits until it is described.</summary>
    public async Task<ModelArtifact> PushAsync(string name)
    {
        var pushed = await PushUnheardAsync(name);
        await WaitForEndAsync(name);
        return pushed;
    }

    /// <summary>Pushes a model; what becomes of it is not waited for.</summary>
    public Task<ModelArtifact> PushUnheardAsync(string name) =>
        stage.Models.PushAsync(Repository(name), "v1", ModelFormat.Onnx, Repository(name));

    /// <summary>Pushes a PMML model whose signature fills more than a termination message.</summary>
    public async Task PushWideAsync(string name)
    {
        using var directory = new TemporaryDirectory();
        var fields = Enumerable.Range(0, 600).Select(i => $"field_{Guid.NewGuid():N}_{i}").ToList();
        directory.Write("model/wide.pmml", $"""
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
            <DataDictionary>{string.Concat(fields.Select(f => $"<DataField name=\"{f}\" optype=\"continuous\" dataType=\"double\"/>"))}</DataDictionary>
            <RegressionModel functionName="regression">
            <MiningSchema>{string.Concat(fields.Select(f => $"<MiningField name=\"{f}\"/>"))}</MiningSchema>
            <RegressionTable intercept="1"/></RegressionModel></PMML>
            """);
        directory.Write(OrmbFile.FileName, OrmbFile.Empty.WithFormat(ModelFormat.Pmml).ToYaml());
        await ModelArtifacts.PushAsync(
            stage.Models.Repository(Repository(name)), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
        await WaitForEndAsync(name);
    }

    /// <summary>Gives a model a second tag, and waits until that follows the first.</summary>
    public async Task TagAsync(string name, ModelArtifact model)
    {
        await stage.Models.Repository(Repository(name)).TagAsync(model.Digest.ToString(), "second", Token);
        await Models.WaitAsync(
            async () => (await stage.Models.FetchAsync(Repository(name), "second")).Extraction is not null, () => "the second tag follows");
    }

    public Task SendPushAsync(string name, Digest digest) => stage.SendAsync("harbor.artifact.pushed", $$"""
        {"resources":[{"digest":"{{digest}}","tag":"v1"}],"repository":{"repo_full_name":"{{Repository(name)}}"} }
        """);

    /// <summary>Deletes the ModelJobs of a repository, as an administrator would to have it read again.</summary>
    public async Task ForgetAsync(string name)
    {
        foreach (var job in await stage.Models.ModelJobsOfAsync(Repository(name)))
        {
            await stage.Models.Cluster.ModelJobs.DeleteAsync(job.Namespace, job.Name, Token);
        }

        await Models.WaitAsync(
            async () => (await stage.Models.ModelJobsOfAsync(Repository(name))).Count == 0, () => $"no ModelJob of {Repository(name)}");
    }

    public Task<IReadOnlyList<ModelJob>> WaitForEndAsync(string name) => stage.Models.WaitForEndAsync(Repository(name));

    public Task WaitForJobsAsync(string name) => stage.Models.WaitForJobsAsync(Repository(name), 1);

    public Task WaitForServingAsync(string name) => Models.WaitAsync(
        async () => await stage.Models.Cluster.SeldonDeployments.FindAsync(space, name, Token) is not null,
        () => $"SeldonDeployment {space}/{name}");

    public Task WaitForCallAsync(string account, string verb, string resource) => Models.WaitAsync(
        async () => (await stage.Models.CallsAsync(AccessRules.UserName(PlatformFixture.Home, account)))
            .Any(call => call.Text("namespace") == space && call.Text("verb") == verb && call.Text("resource") == resource),
        () => $"{account} to {verb} {resource} in {space}");
}
