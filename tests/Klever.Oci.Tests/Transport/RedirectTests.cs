using System.Net;
using Klever.Models;
using Klever.Oci.Transport;
using Klever.Registry;

namespace Klever.Oci.Tests.Transport;

public sealed class RedirectTests : RegistryTest
{
    protected override InProcessRegistryOptions Options =>
        new() { Access = RegistryAccess.Basic("robot$release+ci", Password) };

    [Fact]
    public async Task FetchBlob_RedirectedToAnotherHost_IsAskedThereWithoutTheCredential()
    {
        await using var storage = await InProcessRegistry.StartAsync(cancellationToken: Stop);
        var content = Bytes(1000);
        using var other = new RegistryClient(new RegistryOptions { Address = storage.Address });
        var descriptor = await other.Repository(Name).PushBlobAsync(content, "a/b", Stop);
        storage.ClearRequests();
        Redirect($"{storage.Address}v2/{Name}/blobs/{descriptor.Digest}?signature=abc");

        var read = await Repository(Password).FetchBlobBytesAsync(descriptor, cancellationToken: Stop);

        Assert.Equal(content, read);
        Assert.Equal([null], storage.Requests.Select(r => r.Authorization));
        Assert.NotNull(Registry.Requests[^1].Authorization);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "a link-local or metadata address")]
    [InlineData("http://[fe80::1]/x", "a link-local or metadata address")]
    [InlineData("http://[::ffff:169.254.1.1]/x", "a link-local or metadata address")]
    [InlineData("http://[fd00:ec2::254]/x", "a link-local or metadata address")]
    [InlineData("ftp://storage/x", "something else than http or https")]
    [InlineData("http://", "no Location that can be followed")]
    public async Task FetchBlob_RedirectedWhereNoBlobCanBe_IsRefused(string location, string reason)
    {
        Redirect(location);

        var exception = await Assert.ThrowsAsync<RegistryException>(
            () => Repository(Password).FetchBlobAsync(new Descriptor("a/b", Digest.Of("x"u8), 1), Stop));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task FetchBlob_RedirectedInACircle_EndsAtTheLimit()
    {
        var descriptor = new Descriptor("a/b", Digest.Of("x"u8), 1);
        Redirect($"/v2/{Name}/blobs/{descriptor.Digest}", times: int.MaxValue);

        var exception = await Assert.ThrowsAsync<RegistryException>(() => Repository(Password).FetchBlobAsync(descriptor, Stop));

        Assert.EndsWith("more than 5 redirects.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(6, Registry.Requests.Count);
    }

    [Theory]
    [InlineData("http://hub.example.com/v2/a?_state=x%3D", "https://hub.example.com:8443/v2/a?_state=x%3D")]
    [InlineData("/v2/a?_state=x%3D", "https://hub.example.com:8443/v2/a?_state=x%3D")]
    [InlineData("https://storage.example.com/a", "https://storage.example.com/a")]
    public void Resolve_ALocationOfAnHttpsRegistry_StaysEncrypted(string location, string expected)
    {
        var registry = new Uri("https://hub.example.com:8443/");

        Assert.Equal(expected, LocationRules.Resolve(HttpMethod.Get, new Uri(registry, "v2/x"), location, registry).AbsoluteUri);
    }

    [Fact]
    public void Resolve_FromHttpsToHttpElsewhere_IsRefused()
    {
        var registry = new Uri("https://hub.example.com/");

        var exception = Assert.Throws<RegistryException>(
            () => LocationRules.Resolve(HttpMethod.Get, new Uri(registry, "v2/x"), "http://storage.example.com/a?token=secret", registry));

        Assert.Contains("from https to http at storage.example.com", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("169.254.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("fe80::1", true)]
    [InlineData("febf::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    public void IsRefused_IsTrueOfLinkLocalAddresses(string address, bool expected) =>
        Assert.Equal(expected, AddressRules.IsRefused(IPAddress.Parse(address)));

    private void Redirect(string location, int times = 1) => Registry.Add(new RegistryFault
    {
        When = RegistryFault.On("GET", "/blobs/"),
        Status = 307,
        Times = times,
        Headers = new Dictionary<string, string> { ["Location"] = location },
    });
}
