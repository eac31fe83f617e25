using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>
/// Reads information objects, which only the concierge sends (protocol, section "Information objects"). What older ones leave out
/// is empty.
/// </summary>
internal static class InformationReader
{
    public static readonly ReadForm<ClientInfo> Client = static (ref f) => new ClientInfo(
        f.Text(Field.Name), f.Nickname(), f.Uuid(Field.Uuid), f.OptionalArray(Field.Tags, static (ref f) => f.Text(Field.Element)));

    public static readonly ReadForm<ServiceInfo> Service = static (ref f) => new ServiceInfo(
        f.Text(Field.Name),
        f.Nickname(),
        f.Uuid(Field.OwnerUuid),
        f.OptionalArray(Field.Subscribers, static (ref f) => f.Uuid(Field.Element)));

    public static readonly ReadForm<RoomInfo> Room = static (ref f) => new RoomInfo(
        f.Text(Field.Name), f.OptionalArray(Field.Members, static (ref f) => f.Uuid(Field.Element)));

    public static readonly ReadForm<Origin> Origin = static (ref f) => new Origin(
        Client(ref f), f.OptionalObject(Field.Service, Service));
}
