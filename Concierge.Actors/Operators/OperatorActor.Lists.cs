using System.Globalization;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Operators;

// What is where in the cluster, as tables.
public sealed partial class OperatorActor
{
    private string ListRooms() => List(
        "rooms",
        ["ROOM", "MEMBERS"],
        _view.Rooms.OrderBy(room => room.Name, StringComparer.Ordinal).Select(room => (string[])[room.Name, Number(room.Members.Count)]));

    private string ListUsers() => List(
        "users",
        ["NAME", "NICKNAME", "ROOMS", "NODE"],
        _view.Clients.Snapshot().Select(client => (string[])
        [
            client.Info.Name, client.Info.Nickname ?? "", string.Join(", ", client.Rooms.Select(room => room.Name)), NodeOf(client.Home),
        ]));

    private string ListServices() => List(
        "services",
        ["SERVICE", "NICKNAME", "OWNER", "SUBSCRIBERS"],
        _view.Services.OrderBy(service => service.Name, StringComparer.Ordinal).Select(service => (string[])
        [
            service.Name, service.Info.Nickname ?? "", service.Owner.Info.Name, Number(service.Subscribers.Count),
        ]));

    private string ListNodes()
    {
        Dictionary<string, int> clients = _view.Clients.Snapshot().CountBy(client => NodeOf(client.Home)).ToDictionary();
        return List(
            "nodes",
            ["NODE", "STATUS", "ANSWERS", "CLIENTS"],
            (_cluster.Membership?.Members ?? []).Select(member => (string[])
            [
                member.Node.ToString(), member.Status.ToString().ToLowerInvariant(), member.IsReachable ? "yes" : "no", Number(clients.GetValueOrDefault(member.Node.ToString())),
            ]));
    }

    private string NodeOf(Peer? home) => home?.Node.ToString() ?? _cluster.Membership?.Self.ToString() ?? "";

    private static string List(string what, string[] headings, IEnumerable<string[]> rows)
    {
        List<string[]> all = [.. rows];
        return all.Count == 0 ? $"There are no {what}" : Table.Write(headings, all);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
