using System.Text.Json;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>What a <c>com_motor</c> does to a robot's two motors.</summary>
/// <param name="M1">Whether it has the first one turn; null where it says nothing of it.</param>
/// <param name="M2">Whether it has the second one turn; null where it says nothing of it.</param>
internal readonly record struct MotorCommand(bool? M1, bool? M2)
{
    /// <summary>Reads one.</summary>
    /// <param name="utf8">A JSON object.</param>
    /// <returns>Null where it is something else, or says nothing of the motors.</returns>
    public static MotorCommand? Read(ReadOnlySpan<byte> utf8)
    {
        bool isMotor = false;
        MotorCommand command = default;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8), isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isType) isMotor |= reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("com_motor"u8);
                if (isData && reader.TokenType == JsonTokenType.StartObject) command = ReadData(ref reader, command);
                else reader.Skip();
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: that is none of these names.
            return null;
        }
        return isMotor && command != default ? command : null;
    }

    private static MotorCommand ReadData(ref Utf8JsonReader reader, MotorCommand command)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isM1 = reader.ValueTextEquals("m1"u8), isM2 = reader.ValueTextEquals("m2"u8);
            reader.Read();
            if (isM1) command = command with { M1 = Turns(ref reader) };
            else if (isM2) command = command with { M2 = Turns(ref reader) };
            else reader.Skip();
        }
        return command;
    }

    // Whatever is not plainly a stop: nobody knows what a robot makes of it.
    private static bool Turns(ref Utf8JsonReader reader)
    {
        bool turns = true;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSpeed = reader.ValueTextEquals("spd"u8);
                reader.Read();
                if (isSpeed) turns = reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double speed) || speed != 0;
                reader.Skip();
            }
        }
        reader.Skip();
        return turns;
    }
}
