using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Klever.Functions.Access;

/// <summary>Keeps for a few seconds what Harbor said, so that a list of a hundred models does not ask a hundred times who the caller
/// is. A right that is taken away ends at the latest after <see cref="Life"/>; what was refused is never kept.</summary>
/// <remarks>Entries are found by a keyed hash of credential and repository, with a key of this process: the credential itself is not
/// kept, and the hashes are worth nothing elsewhere.</remarks>
internal sealed class RightsMemory(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    public const int MaximumEntries = 10_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public IReadOnlySet<string>? Find(string credential, string repository) =>
        _entries.TryGetValue(Hash(credential, repository), out var entry) && entry.Until > clock.GetUtcNow() ? entry.Actions : null;

    public void Keep(string credential, string repository, IReadOnlySet<string> actions)
    {
        if (_entries.Count >= MaximumEntries)
        {
            _entries.Clear();
        }

        _entries[Hash(credential, repository)] = new Entry(actions, clock.GetUtcNow() + Life);
    }

    // A credential is base64 and holds no line feed.
    private string Hash(string credential, string repository) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{credential}\n{repository}")));

    private sealed record Entry(IReadOnlySet<string> Actions, DateTimeOffset Until);
}
