namespace Klever.Oci.Harbor;

/// <summary>A robot account of a project, as it is listed: without its secret, which Harbor shows once.</summary>
/// <param name="Name">In full, as it logs in: <c>robot$release+klever-pull</c>.</param>
/// <param name="IsDisabled">Switched off by hand.</param>
/// <param name="IsExpired">Its life is over.</param>
public sealed record HarborRobot(long Id, string Name, bool IsDisabled, bool IsExpired);
