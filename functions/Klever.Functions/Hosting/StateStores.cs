using Klever.State;

namespace Klever.Functions.Hosting;

/// <summary>Chooses the state store: a Dapr component when one is named, else a SQLite file.</summary>
internal static class StateStores
{
    public static IStateStore Create(StateSettings settings, IServiceProvider provider) => throw new NotSupportedException();
}
