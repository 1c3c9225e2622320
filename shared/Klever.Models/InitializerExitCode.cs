namespace Klever.Models;

/// <summary>How the init container of a serving ends beside <see cref="JobExitCode"/>: a serving says what holds it up, so "not
/// there" and "not what it should be" are told from other problems of pulling.</summary>
public static class InitializerExitCode
{
    /// <summary>The registry has no such model.</summary>
    public const int Missing = 16;

    /// <summary>What arrived is not what its digest says.</summary>
    public const int Corrupt = 17;
}
