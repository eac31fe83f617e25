using System.Collections.Immutable;
using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>Writes fields by their names.</summary>
internal static class FieldWriting
{
    /// <summary>The opening of every object that is tagged by its type.</summary>
    public static void Start(this Utf8JsonWriter json, JsonEncodedText type)
    {
        json.WriteStartObject();
        json.WriteString(FieldNames.Of(Field.Type), type);
    }

    /// <summary>Text, or null.</summary>
    public static void Write(this Utf8JsonWriter json, Field field, string? text) => json.WriteString(FieldNames.Of(field), text);

    /// <summary>A uuid, hyphenated in lower case.</summary>
    public static void Write(this Utf8JsonWriter json, Field field, Guid uuid) => json.WriteString(FieldNames.Of(field), uuid);

    public static void Write(this Utf8JsonWriter json, Field field, long integer) => json.WriteNumber(FieldNames.Of(field), integer);

    public static void Write(this Utf8JsonWriter json, Field field, bool flag) => json.WriteBoolean(FieldNames.Of(field), flag);

    /// <summary>The bytes of a value as they are.</summary>
    public static void Write(this Utf8JsonWriter json, Field field, RawJson value)
    {
        json.WritePropertyName(FieldNames.Of(field));
        json.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    public static void Write(this Utf8JsonWriter json, Field field, ImmutableArray<string> texts)
    {
        json.WriteStartArray(FieldNames.Of(field));
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, Field field, Target target)
    {
        json.WritePropertyName(FieldNames.Of(field));
        switch (target)
        {
            case Target.ToService to:
                json.Start(TypeNames.ToService);
                json.Write(Field.Service, to.Service);
                break;
            case Target.ToName to:
                json.Start(TypeNames.ToName);
                json.Write(Field.Name, to.Name);
                break;
            case Target.ToUuid to:
                json.Start(TypeNames.ToUuid);
                json.Write(Field.Uuid, to.Uuid);
                break;
            case Target.ToServiceClient to:
                json.Start(TypeNames.ToServiceClient);
                json.Write(Field.Service, to.Service);
                json.Write(Field.Uuid, to.Uuid);
                break;
            case Target.ToRoom to:
                json.Start(TypeNames.ToRoom);
                json.Write(Field.Room, to.Room);
                break;
            case Target.All:
                json.Start(TypeNames.ToAll);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target, "A target whose form on the wire is not known.");
        }

        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, Field field, ClientInfo client)
    {
        json.WriteStartObject(FieldNames.Of(field));
        json.WriteFieldsOf(client);
        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, Field field, ServiceInfo? service)
    {
        json.WritePropertyName(FieldNames.Of(field));
        json.WriteService(service);
    }

    public static void Write(this Utf8JsonWriter json, Field field, RoomInfo room)
    {
        json.WritePropertyName(FieldNames.Of(field));
        json.WriteRoom(room);
    }

    /// <summary>An object of which nothing but the name is told.</summary>
    public static void WriteNamed(this Utf8JsonWriter json, Field field, string name)
    {
        json.WriteStartObject(FieldNames.Of(field));
        json.Write(Field.Name, name);
        json.WriteEndObject();
    }

    /// <summary>A client's fields, and with them in one object the service that the message went through.</summary>
    public static void Write(this Utf8JsonWriter json, Field field, Origin origin)
    {
        json.WriteStartObject(FieldNames.Of(field));
        json.WriteFieldsOf(origin.Client);
        json.Write(Field.Service, origin.Service);
        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, Field field, ImmutableArray<ServiceInfo> services)
    {
        json.WriteStartArray(FieldNames.Of(field));
        foreach (var service in services)
            json.WriteService(service);
        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, Field field, ImmutableArray<ClientInfo> clients)
    {
        json.WriteStartArray(FieldNames.Of(field));
        foreach (var client in clients)
        {
            json.WriteStartObject();
            json.WriteFieldsOf(client);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, Field field, ImmutableArray<RoomInfo> rooms)
    {
        json.WriteStartArray(FieldNames.Of(field));
        foreach (var room in rooms)
            json.WriteRoom(room);
        json.WriteEndArray();
    }

    private static void WriteFieldsOf(this Utf8JsonWriter json, ClientInfo client)
    {
        json.Write(Field.Name, client.Name);
        json.Write(Field.Nickname, client.Nickname);
        json.Write(Field.Uuid, client.Uuid);
        json.Write(Field.Tags, client.Tags);
    }

    private static void WriteService(this Utf8JsonWriter json, ServiceInfo? service)
    {
        if (service is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.Write(Field.Name, service.Name);
        json.Write(Field.Nickname, service.Nickname);
        json.Write(Field.OwnerUuid, service.OwnerUuid);
        json.Write(Field.Subscribers, service.Subscribers);
        json.WriteEndObject();
    }

    private static void WriteRoom(this Utf8JsonWriter json, RoomInfo room)
    {
        json.WriteStartObject();
        json.Write(Field.Name, room.Name);
        json.Write(Field.Members, room.Members);
        json.WriteEndObject();
    }

    private static void Write(this Utf8JsonWriter json, Field field, ImmutableArray<Guid> uuids)
    {
        json.WriteStartArray(FieldNames.Of(field));
        foreach (var uuid in uuids)
            json.WriteStringValue(uuid);
        json.WriteEndArray();
    }
}
