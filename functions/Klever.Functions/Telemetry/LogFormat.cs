namespace Klever.Functions.Telemetry;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON document per line, with model, job and trace.</summary>
    Json,
}
