namespace Klever.Functions.Hosting;

/// <summary>Which side of its functions a process shows (<c>KLEVER_FACE</c>).</summary>
internal enum Face
{
    /// <summary>Both sides; for one machine only, since events carry no credential.</summary>
    Both,

    /// <summary>REST and webhooks; every request is authenticated.</summary>
    Public,

    /// <summary>CloudEvents from the broker; the Service must be cluster-local.</summary>
    Events,
}
