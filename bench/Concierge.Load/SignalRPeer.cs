using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;

namespace Concierge.Load;

/// <summary>What one would use instead: a SignalR hub that does the least.</summary>
internal static class SignalRPeer
{
    public static async Task<int> RunAsync(CancellationToken stop)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSignalR(hub =>
        {
            // As often as the concierge pings. The generator doesn't ping.
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromHours(1);
        });

        await using WebApplication app = builder.Build();
        app.MapHub<Topics>("/hub");
        await app.StartAsync(stop);
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await Console.Out.WriteLineAsync($"ready {address.Replace("http:", "ws:", StringComparison.Ordinal)}/hub");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    private sealed class Topics : Hub
    {
        public Task Join(string topic) => Groups.AddToGroupAsync(Context.ConnectionId, topic);

        public Task Publish(string topic, JsonElement message) => Clients.Group(topic).SendAsync("message", message);
    }
}
