namespace Klever.Functions.Access;

/// <summary>Decides who may do what with a model (DESIGN: Harbor is the identity provider).</summary>
internal interface IAccess
{
    /// <param name="caller">The request, whose own credential is asked about; the service's credential is never used for it.</param>
    /// <param name="repository">Project and model: <c>release/nlp/bert</c>.</param>
    /// <exception cref="AccessDeniedException">No credential, a wrong one, or one without the right.</exception>
    Task RequireAsync(HttpRequest caller, string repository, Right right, CancellationToken cancellationToken);

    /// <summary>For what concerns no repository yet: asked first, so that nobody unknown learns what exists.</summary>
    /// <exception cref="AccessDeniedException">No credential or a wrong one.</exception>
    Task RequireKnownAsync(HttpRequest caller, CancellationToken cancellationToken);
}
