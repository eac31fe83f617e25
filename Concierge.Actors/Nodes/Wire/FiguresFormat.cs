using System.Runtime.Serialization;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>How a node's figures are written: in the order of <see cref="NodeFigures"/>.</summary>
internal static class FiguresFormat
{
    public static void Write(WireWriter to, NodeFigures figures)
    {
        to.Node(figures.Node).Text(figures.Name).Int(figures.Roles.Count);
        foreach (string role in figures.Roles) to.Text(role);
        to.Long(figures.Uptime.Ticks).Long(figures.Connections).Int(figures.Clients).Int(figures.Services).Int(figures.Rooms)
            .Long(figures.MessagesReceived).Long(figures.MessagesSent).Long(figures.BytesReceived).Long(figures.BytesSent).Long(figures.OutboxBytes);
    }

    public static NodeFigures Read(ref WireReader from) => new()
    {
        Node = from.Node(),
        Name = from.Text(),
        Roles = ReadRoles(ref from),
        Uptime = new TimeSpan(Counted(from.Long())),
        Connections = Counted(from.Long()),
        Clients = (int)Counted(from.Int()),
        Services = (int)Counted(from.Int()),
        Rooms = (int)Counted(from.Int()),
        MessagesReceived = Counted(from.Long()),
        MessagesSent = Counted(from.Long()),
        BytesReceived = Counted(from.Long()),
        BytesSent = Counted(from.Long()),
        OutboxBytes = Counted(from.Long()),
    };

    private static string[] ReadRoles(ref WireReader from)
    {
        var roles = new string[from.Count()];
        for (int i = 0; i < roles.Length; i++) roles[i] = from.Text();
        return roles;
    }

    private static long Counted(long value) => value >= 0 ? value : throw new SerializationException($"expected 0 or more, got {value}");
}
