using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Concierge.Actors.Dialects.Chatroom;

/// <summary>
/// What a chatroom's client says, <c>{"message": text, "user_id": id, "command_status": bool}</c>, and the frames that it
/// reads, which have no status.
/// </summary>
/// <param name="Message">What is said: a text, though a number will do.</param>
/// <param name="IsCommand">Whether it is said to the server.</param>
/// <param name="UserId">Whose id is given, as text.</param>
internal sealed record ChatroomFrame(string Message, bool IsCommand, string UserId)
{
    private const string Expected =
        """expected {"message": text, "user_id": your id, "command_status": true or false}""";

    private ReadOnlyMemory<byte> Utf8 { get; init; }

    /// <summary>Where the id is in the frame, quotes included.</summary>
    private Range IdAt { get; init; }

    /// <summary>A frame for the chatroom's clients, spaced as the old server's were.</summary>
    public static byte[] Write(string message, string user) =>
        [.. "{\"message\": "u8, .. RelaxedJson.String(message), .. ", \"user_id\": "u8, .. RelaxedJson.String(user), (byte)'}'];

    /// <summary>The frame as it came, but for the id, which is the true one.</summary>
    public ReadOnlySpan<byte> SaidBy(int number)
    {
        string id = number.ToString(CultureInfo.InvariantCulture);
        if (UserId == id) return Utf8.Span;
        string written = Utf8.Span[IdAt][0] == '"' ? $"\"{id}\"" : id;
        return (byte[])[.. Utf8.Span[..IdAt.Start], .. Encoding.UTF8.GetBytes(written), .. Utf8.Span[IdAt.End..]];
    }

    /// <summary>Reads a frame, as far as it can be made sense of.</summary>
    /// <param name="utf8">The frame; the result points into it.</param>
    /// <param name="frame">What it says.</param>
    /// <param name="error">What is wrong with it, for the person who sent it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out ChatroomFrame? frame, [NotNullWhen(false)] out string? error)
    {
        frame = null;
        try
        {
            var fields = new Fields();
            error = fields.Read(utf8.Span);
            if (error is not null) return false;
            frame = new ChatroomFrame(fields.Message!, fields.IsCommand!.Value, fields.UserId!) { Utf8 = utf8, IdAt = fields.IdAt };
            return true;
        }
        catch (JsonException)
        {
            error = $"The frame is not JSON; {Expected}";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            error = $"The frame has text that is none; {Expected}";
        }
        return false;
    }

    private ref struct Fields
    {
        public string? Message { get; private set; }

        public string? UserId { get; private set; }

        public bool? IsCommand { get; private set; }

        public Range IdAt { get; private set; }

        // Null, or what is wrong.
        public string? Read(ReadOnlySpan<byte> utf8)
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return $"The frame is no JSON object; {Expected}";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string? twice = Take(ref reader);
                if (twice is not null) return $"The frame has '{twice}' twice; {Expected}";
                reader.Skip();
            }
            // Past the object's end there is nothing but white space, or this throws.
            reader.Read();
            return Message is null ? Missing("message") : UserId is null ? Missing("user_id") : IsCommand is null ? Missing("command_status") : null;
        }

        private string? Take(ref Utf8JsonReader reader)
        {
            string? field = reader.ValueTextEquals("message"u8) ? "message" : reader.ValueTextEquals("user_id"u8) ? "user_id"
                : reader.ValueTextEquals("command_status"u8) ? "command_status" : null;
            reader.Read();
            bool twice = field switch { "message" => Message is not null, "user_id" => UserId is not null, "command_status" => IsCommand is not null, _ => false };
            if (twice) return field;
            switch (field)
            {
                case "message":
                    Message = TextOf(ref reader);
                    break;
                case "user_id":
                    UserId = TextOf(ref reader);
                    IdAt = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
                    break;
                case "command_status":
                    IsCommand = reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
                    break;
            }
            return null;
        }

        private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };

        private static string Missing(string field) => $"'{field}' is missing or of the wrong type; {Expected}";
    }
}
