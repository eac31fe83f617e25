using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>
/// Every field of every payload; on the wire its name is in snake_case. The commonest come first, as they are found first.
/// </summary>
internal enum Field
{
    Type,
    Target,
    Data,
    Service,
    Uuid,
    Name,
    Seq,
    Origin,
    Room,
    Nickname,
    Tags,
    OwnerUuid,
    Subscribers,
    Client,
    Successful,
    Version,
    Secret,
    Presence,
    FileKey,
    Desc,
    Subscriptions,
    Services,
    Clients,
    Rooms,
    Members,

    /// <summary>No field of the wire: the element of an array that is being read.</summary>
    Element,
}

/// <summary>The fields' names on the wire.</summary>
internal static class FieldNames
{
    private static readonly JsonEncodedText[] Names = Array.ConvertAll(
        Enum.GetValues<Field>(),
        field => JsonEncodedText.Encode(field == Field.Element ? "" : JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString())));

    public static JsonEncodedText Of(Field field) => Names[(int)field];

    /// <summary>The field of that name; null for one that no payload has.</summary>
    public static Field? Find(ReadOnlySpan<byte> utf8)
    {
        for (var field = Field.Type; field < Field.Element; field++)
        {
            if (utf8.SequenceEqual(Of(field).EncodedUtf8Bytes))
                return field;
        }

        return null;
    }
}
