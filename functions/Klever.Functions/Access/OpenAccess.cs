namespace Klever.Functions.Access;

/// <summary>Lets everyone do everything: for one machine only, chosen by name and warned about at start.</summary>
internal sealed class OpenAccess : IAccess
{
    public Task RequireAsync(HttpRequest caller, string repository, Right right, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task RequireKnownAsync(HttpRequest caller, CancellationToken cancellationToken) => Task.CompletedTask;
}
