using Concierge.Actors.Dialects;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Concierge.Node.Connections;

/// <summary>Puts the front door into a listener.</summary>
internal static class FrontDoorExtensions
{
    /// <summary>Serves WebSocket clients on this listener; call it after UseHttps, where that is called.</summary>
    public static ListenOptions UseConcierge(this ListenOptions listener)
    {
        var door = listener.ApplicationServices.GetRequiredService<FrontDoor>();
        listener.Use(next => connection => door.OnConnectedAsync(connection, next));
        return listener;
    }

    /// <summary>Serves clients of a dialect on this listener, and nothing else.</summary>
    public static ListenOptions UseDialect(this ListenOptions listener, DialectKind dialect)
    {
        var door = listener.ApplicationServices.GetRequiredService<FrontDoor>();
        listener.Use(_ => connection => door.OnConnectedAsync(connection, dialect));
        return listener;
    }

    /// <summary>Serves ROS devices on this listener.</summary>
    public static ListenOptions UseExchanges(this ListenOptions listener)
    {
        var door = listener.ApplicationServices.GetRequiredService<FrontDoor>();
        listener.Use(_ => door.OnExchangeAsync);
        return listener;
    }

    /// <summary>Serves clients of a dialect that has no WebSockets on this listener.</summary>
    public static ListenOptions UsePlainDialect(this ListenOptions listener, DialectKind dialect)
    {
        var door = listener.ApplicationServices.GetRequiredService<FrontDoor>();
        listener.Use(_ => connection => door.OnPlainConnectedAsync(connection, dialect));
        return listener;
    }
}
