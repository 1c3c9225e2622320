using System.Text;

namespace Klever.State.Tests;

/// <summary>What every store does. A store under test is one derived class.</summary>
public abstract class StateStoreContract
{
    protected abstract IStateStore Store { get; }

    /// <summary>Lets time pass for the store.</summary>
    protected abstract void Advance(TimeSpan time);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OfAbsentKey_IsNull()
    {
        Assert.Null(await Store.GetAsync("push/team/bert@sha256:aa", Token));
    }

    [Fact]
    public async Task Save_OfNewKey_IsReadBack()
    {
        Assert.True(await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token));

        var entry = await Store.GetAsync("a", Token);
        Assert.Equal("one", Text(entry));
    }

    [Fact]
    public async Task Save_OfEveryByte_IsReadBack()
    {
        var value = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        Assert.True(await Store.TrySaveAsync("a", value, cancellationToken: Token));

        Assert.Equal(value, (await Store.GetAsync("a", Token))!.Value.ToArray());
    }

    [Fact]
    public async Task Save_OfEmptyValue_IsReadBack()
    {
        Assert.True(await Store.TrySaveAsync("a", Array.Empty<byte>(), cancellationToken: Token));

        Assert.Equal(0, (await Store.GetAsync("a", Token))!.Value.Length);
    }

    [Fact]
    public async Task Save_WithoutETag_WhenPresent_ChangesNothing()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);

        Assert.False(await Store.TrySaveAsync("a", Bytes("two"), cancellationToken: Token));

        Assert.Equal("one", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Save_WithCurrentETag_ReplacesValueAndETag()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);
        var before = await Store.GetAsync("a", Token);

        Assert.True(await Store.TrySaveAsync("a", Bytes("two"), before!.ETag, cancellationToken: Token));

        var after = await Store.GetAsync("a", Token);
        Assert.Equal("two", Text(after));
        Assert.NotEqual(before.ETag, after!.ETag);
    }

    [Fact]
    public async Task Save_WithOldETag_ChangesNothing()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);
        var old = (await Store.GetAsync("a", Token))!.ETag;
        await Store.TrySaveAsync("a", Bytes("two"), old, cancellationToken: Token);

        Assert.False(await Store.TrySaveAsync("a", Bytes("three"), old, cancellationToken: Token));

        Assert.Equal("two", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Save_WithETagOfDeletedEntry_ChangesNothing()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);
        var old = (await Store.GetAsync("a", Token))!.ETag;
        await Store.TryDeleteAsync("a", cancellationToken: Token);

        Assert.False(await Store.TrySaveAsync("a", Bytes("two"), old, cancellationToken: Token));

        Assert.Null(await Store.GetAsync("a", Token));
    }

    [Fact]
    public async Task Save_ByManyAtOnce_HasOneWinner()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            i => Task.Run(() => Store.TrySaveAsync("a", Bytes($"{i}"), cancellationToken: Token), Token)));

        Assert.Single(results, won => won);
        var winner = Array.IndexOf(results, true);
        Assert.Equal($"{winner}", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Entry_AfterItsTime_IsGoneAndCanBeMadeAgain()
    {
        await Store.TrySaveAsync("a", Bytes("one"), timeToLive: TimeSpan.FromSeconds(60), cancellationToken: Token);

        Advance(TimeSpan.FromSeconds(59));
        var inTime = await Store.GetAsync("a", Token);
        Advance(TimeSpan.FromSeconds(2));
        var late = await Store.GetAsync("a", Token);

        Assert.Equal("one", Text(inTime));
        Assert.Null(late);
        Assert.True(await Store.TrySaveAsync("a", Bytes("two"), cancellationToken: Token));
        Assert.Equal("two", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Save_OfAKeyWhoseEntryEndedUnread_IsLikeANewOne()
    {
        await Store.TrySaveAsync("a", Bytes("one"), timeToLive: TimeSpan.FromSeconds(60), cancellationToken: Token);
        var etag = (await Store.GetAsync("a", Token))!.ETag;
        Advance(TimeSpan.FromSeconds(61));

        Assert.False(await Store.TrySaveAsync("a", Bytes("late"), etag, cancellationToken: Token));
        Assert.True(await Store.TrySaveAsync("a", Bytes("two"), cancellationToken: Token));

        Assert.Equal("two", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Save_WithoutETag_OfAnEndedEntryThatNobodyReads_Saves()
    {
        await Store.TrySaveAsync("a", Bytes("one"), timeToLive: TimeSpan.FromSeconds(60), cancellationToken: Token);
        Advance(TimeSpan.FromSeconds(61));

        Assert.True(await Store.TrySaveAsync("a", Bytes("two"), cancellationToken: Token));
    }

    [Fact]
    public async Task Save_WithoutTimeToLive_OverEntryWithOne_KeepsItForGood()
    {
        await Store.TrySaveAsync("a", Bytes("one"), timeToLive: TimeSpan.FromSeconds(60), cancellationToken: Token);
        var etag = (await Store.GetAsync("a", Token))!.ETag;
        await Store.TrySaveAsync("a", Bytes("two"), etag, cancellationToken: Token);

        Advance(TimeSpan.FromDays(1));

        Assert.Equal("two", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Delete_OfAbsentKey_IsTrue()
    {
        Assert.True(await Store.TryDeleteAsync("a", cancellationToken: Token));
        Assert.True(await Store.TryDeleteAsync("a", "0", Token));
    }

    [Fact]
    public async Task Delete_WithOtherETag_KeepsTheEntry()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);
        var old = (await Store.GetAsync("a", Token))!.ETag;
        await Store.TrySaveAsync("a", Bytes("two"), old, cancellationToken: Token);

        Assert.False(await Store.TryDeleteAsync("a", old, Token));

        Assert.Equal("two", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task Delete_WithCurrentETag_Deletes()
    {
        await Store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);
        var entry = await Store.GetAsync("a", Token);

        Assert.True(await Store.TryDeleteAsync("a", entry!.ETag, Token));

        Assert.Null(await Store.GetAsync("a", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a||b")]
    [InlineData("a\nb")]
    public async Task Key_ThatNotEveryStoreTakes_IsRefused(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.GetAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.TrySaveAsync(key, Bytes("x"), cancellationToken: Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.TryDeleteAsync(key, cancellationToken: Token));
    }

    [Fact]
    public async Task Key_OfMaximumLength_IsTaken_AndOneMoreIsRefused()
    {
        Assert.True(await Store.TrySaveAsync(new string('k', 480), Bytes("x"), cancellationToken: Token));

        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(new string('k', 481), Token));
    }

    [Fact]
    public async Task Value_AboveTheLimit_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.TrySaveAsync("a", new byte[1024 * 1024 + 1], cancellationToken: Token));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string? Text(StateEntry? entry) => entry is null ? null : Encoding.UTF8.GetString(entry.Value.Span);
}
