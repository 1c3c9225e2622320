namespace Klever.Functions.Access;

/// <summary>What a caller wants to do with a repository; the names are Harbor's (registry token scope actions).</summary>
internal enum Right
{
    Pull,
    Push,
    Delete,
}
