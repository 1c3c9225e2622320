using Grpc.Core;
using Klever.State.Dapr;
using Klever.Testing;
using Klever.Testing.Dapr;

namespace Klever.State.Tests.Dapr;

public abstract class DaprStateStoreContract(Func<ManualClock, IComponent> component) : StateStoreContract, IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private Sidecar? _sidecar;
    private DaprStateStore _store = null!;

    protected override IStateStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _sidecar = await Sidecar.StartAsync(component(_clock));
        _store = new DaprStateStore(_sidecar.Client, new DaprStateOptions { StoreName = Sidecar.StoreName, KeyPrefix = "klever/" });
    }

    [Fact]
    public async Task Key_IsPrefixed()
    {
        await _store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);

        Assert.Equal(["klever/a"], _sidecar!.Component.Keys);
    }

    [Fact]
    public async Task UnknownStore_IsAPermanentFailure()
    {
        var store = new DaprStateStore(_sidecar!.Client, new DaprStateOptions { StoreName = "other" });

        var exception = await Assert.ThrowsAsync<StateException>(() => store.TrySaveAsync("a", Bytes("x"), cancellationToken: Token));

        Assert.False(exception.IsTransient);
        Assert.Equal("the state store other fails: InvalidArgument: state store other is not found", exception.Message);
    }

    [Fact]
    public async Task StoreThatIsDown_IsATransientFailureOfEveryCall()
    {
        _sidecar!.Service.Failure = new Status(StatusCode.Unavailable, "connection refused");

        var get = await Assert.ThrowsAsync<StateException>(() => _store.GetAsync("a", Token));
        var save = await Assert.ThrowsAsync<StateException>(() => _store.TrySaveAsync("a", Bytes("x"), cancellationToken: Token));
        var delete = await Assert.ThrowsAsync<StateException>(() => _store.TryDeleteAsync("a", "1", Token));

        Assert.All([get, save, delete], e => Assert.True(e.IsTransient));
        Assert.Equal("the state store klever-state fails: Unavailable: connection refused", get.Message);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sidecar is not null)
        {
            await _sidecar.DisposeAsync();
            (_sidecar.Component as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    protected override void Advance(TimeSpan time) => _clock.Advance(time);
}
