namespace Klever.Functions.Hosting;

/// <summary>Who may use the public face (<c>Klever:Access</c>).</summary>
internal enum AccessMode
{
    /// <summary>Harbor decides by the caller's own credential.</summary>
    Harbor,

    /// <summary>Anyone may do anything: for one machine only, and chosen by name.</summary>
    Open,
}
