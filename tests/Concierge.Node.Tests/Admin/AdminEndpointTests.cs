using System.Net;
using System.Net.Http.Headers;

namespace Concierge.Node.Tests.Admin;

/// <summary>Which pages may steer a node, and how often a secret may be guessed.</summary>
public sealed class AdminEndpointTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "open sesame";

    private readonly HttpClient _http = new();
    private ConciergeNode _node = null!;

    public async Task InitializeAsync() => _node = await ConciergeNode.StartAsync(["--port", "0", "--set", $"concierge.admin.secret={Secret}"]);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("concierge.example:8080", "http://concierge.example:8080")]
    [InlineData("concierge.example", "https://concierge.example")]
    [InlineData("Concierge.example", "https://concierge.EXAMPLE")]
    [InlineData("[::1]:64209", "http://[::1]:64209")]
    public async Task PageOfTheNodeItself_IsLetIn_WithTheSecret(string host, string origin)
    {
        (await PostAsync(_node, host, Secret, origin)).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(_node, host, secret: null, origin)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(_node, host, "sesame", origin)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("http://elsewhere.example")]
    [InlineData("http://concierge.example:8081")]
    [InlineData("http://concierge.example")]
    [InlineData("http://concierge.example:8080.elsewhere.example")]
    [InlineData("http://sub.concierge.example:8080")]
    [InlineData("http://elsewhere.example/http://concierge.example:8080")]
    [InlineData("http://elsewhere.example@concierge.example:8080")]
    [InlineData("file://concierge.example:8080")]
    [InlineData("concierge.example:8080")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://elsewhere.example", "http://concierge.example:8080")]
    public async Task PageFromElsewhere_IsNot_WhateverItKnows(params string[] origins)
    {
        (await PostAsync(_node, "concierge.example:8080", Secret, origins)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task PageOfTheNodeItself_IsNotLetIn_WhereThereIsNoSecret()
    {
        await using var node = await ConciergeNode.StartAsync(["--port", "0"]);

        var (status, text, _) = await PostAsync(node, "concierge.example", secret: null, "http://concierge.example");

        status.ShouldBe(HttpStatusCode.Forbidden);
        text.ShouldContain("concierge.admin.secret");
        (await PostAsync(node, "concierge.example", "anything", "http://concierge.example")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task NoPage_IsPromisedAnything()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, AddressOf(_node))
        {
            Headers = { { "Origin", "http://elsewhere.example" }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization" } },
        };
        using var answer = await _http.SendAsync(preflight);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WhoGuesses_IsStopped_AndThoseWithoutASecretDoNotCount()
    {
        for (var i = 0; i < 20; i++) (await PostAsync(_node, "a", secret: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        List<(HttpStatusCode Status, string Text, RetryConditionHeaderValue? RetryAfter)> answers = [];
        // More than a node forgets meanwhile, however slow the machine is.
        for (var i = 0; i < 100 && (answers.Count == 0 || answers[^1].Status != HttpStatusCode.TooManyRequests); i++)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(_node, "a", "guess"))));

        answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized).ShouldBeGreaterThanOrEqualTo(5);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        refused.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Text.ShouldContain("too many wrong secrets");
    }

    private static Uri AddressOf(ConciergeNode node) => new($"http://127.0.0.1:{node.Port}/admin");

    private async Task<(HttpStatusCode Status, string Text, RetryConditionHeaderValue? RetryAfter)> PostAsync(
        ConciergeNode node, string host, string? secret, params string[] origins)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(node)) { Content = new StringContent("/users"), Headers = { Host = host } };
        if (secret is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (origins.Length > 0) request.Headers.TryAddWithoutValidation("Origin", origins);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter);
    }
}
