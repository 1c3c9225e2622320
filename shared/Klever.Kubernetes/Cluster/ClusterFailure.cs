namespace Klever.Kubernetes.Cluster;

/// <summary>What kind of refusal the API server gave: the type decides what a caller does next.</summary>
public enum ClusterFailure
{
    /// <summary>400, 401, 405, 406 and everything that fits nowhere else: a defect or a wrong configuration.</summary>
    Unexpected,

    /// <summary>404: the object is not there.</summary>
    NotFound,

    /// <summary>409 <c>AlreadyExists</c>: for a name made by <c>ModelJobNames</c> this is success.</summary>
    AlreadyExists,

    /// <summary>409 <c>Conflict</c>: the object changed since it was read; read it again.</summary>
    Conflict,

    /// <summary>401 or 403: the service account lacks the right that the message names.</summary>
    Forbidden,

    /// <summary>422: the object is not valid; <see cref="ClusterException.Causes"/> names the fields.</summary>
    Invalid,

    /// <summary>410: the continue token or resource version is too old; list again from the start.</summary>
    Expired,

    /// <summary>429, 5xx or no answer: try again later.</summary>
    Transient,
}
