namespace Klever.Models;

/// <summary>How the process of a Job ended. All codes are below 256, because that is all a process has; 10 to 15 are the last
/// two digits of Klever Model Registry's 10000 to 10005.</summary>
public enum JobExitCode
{
    Done = 0,
    Unexpected = 1,

    /// <summary>The registry refused the credential.</summary>
    Login = 10,

    /// <summary>The model could not be pulled, or what was pulled does not have its digest.</summary>
    Pull = 11,

    /// <summary>The model could not be unpacked.</summary>
    Export = 12,

    /// <summary>Extraction or conversion itself failed.</summary>
    Task = 13,

    /// <summary>The result could not be packed.</summary>
    Save = 14,

    /// <summary>The result could not be pushed.</summary>
    Push = 15,

    /// <summary>The files are not of the format that was named.</summary>
    NotTheFormat = 20,

    /// <summary>A legitimate model, but nothing here can read or convert it.</summary>
    NotSupported = 21,

    /// <summary>A named limit was exceeded.</summary>
    LimitExceeded = 22,
}
