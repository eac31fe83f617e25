using System.Net.Sockets;
using System.Text;

namespace Concierge.Node.Tests;

/// <summary>HTTP written by hand, for what HttpClient would tidy up before sending.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _tcp = new();

    private RawHttp()
    {
    }

    public static async Task<RawHttp> ConnectAsync(int port)
    {
        var http = new RawHttp();
        await http._tcp.ConnectAsync("127.0.0.1", port);
        return http;
    }

    /// <summary>Sends one request and returns the whole answer; the server closes after it.</summary>
    public static async Task<string> RequestAsync(int port, string method, string target, params string[] headers)
    {
        using var http = await ConnectAsync(port);
        await http.SendAsync($"{method} {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
        return await http.ReadToEndAsync();
    }

    public static int Status(string response) => int.Parse(response.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    public async Task SendAsync(string text) => await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_tcp.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Reads no more than the first line of the answer; the connection stays open.</summary>
    public async Task<int> ReadStatusAsync()
    {
        using var reader = new StreamReader(_tcp.GetStream(), Encoding.UTF8, leaveOpen: true);
        return Status(await reader.ReadLineAsync() ?? throw new EndOfStreamException("The server closed without an answer."));
    }

    public void Dispose() => _tcp.Dispose();
}
