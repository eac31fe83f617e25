using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Configuration;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Commands;

/// <summary>
/// Reads what subscribers send: <c>{"type", "data", "id"}</c>, as the older robots' dialect has it. Anybody may send anything;
/// what is wrong in any part is wrong as a whole, so that half of it is never done. Thread-safe.
/// </summary>
/// <param name="settings">Which parts there are, and what ROS may be asked for.</param>
internal sealed class CommandReader(RobotSettings settings)
{
    /// <summary>The longest id, in bytes of JSON, and the longest text, in characters.</summary>
    private const int LongestId = 256, LongestText = 1024;

    /// <summary>Reads a message's data.</summary>
    /// <param name="data">Any JSON.</param>
    /// <param name="id">What its sender calls it, if anything.</param>
    public Command Read(RawJson data, out RawJson? id)
    {
        id = null;
        try
        {
            var message = data.ToElement();
            if (message.ValueKind != JsonValueKind.Object) return new Command.Wrong("""expected {"type": …, "data": {…}}""");
            if (!TryReadId(message, out id)) return new Command.Wrong($"id: expected a string or number of up to {LongestId} bytes");
            if (Text(message, "type") is not { } type) return new Command.Wrong("type: expected a string, such as \"com_motor\"");
            return Read(type, message);
        }
        catch (JsonException e)
        {
            return new Command.Wrong($"can't be read: {e.Message}");
        }
        catch (WrongException e)
        {
            return new Command.Wrong(e.Message);
        }
    }

    private Command Read(string type, JsonElement message) => type switch
    {
        RobotCommands.Motor => new Command.Drive(ReadMovements(Data(message))),
        RobotCommands.Led => settings.Led.IsEnabled ? new Command.Led(State(message)) : throw new WrongException("this robot has no LED"),
        RobotCommands.Buzzer => settings.Buzzer.IsEnabled ? new Command.Buzzer(State(message)) : throw new WrongException("this robot has no buzzer"),
        RobotCommands.Stop => State(message) ? new Command.Stop() : new Command.ClearStop(),
        RobotCommands.Message => new Command.Text(Required(Data(message), "data", LongestText)),
        RobotCommands.RosPublish => ReadPublish(message),
        RobotCommands.RosCall => ReadCall(message),
        _ => throw new WrongException($"type: \"{Shortened(type)}\" is no command"),
    };

    private ImmutableArray<KeyValuePair<string, Movement>> ReadMovements(JsonElement data)
    {
        var movements = ImmutableArray.CreateBuilder<KeyValuePair<string, Movement>>();
        foreach (var motor in data.EnumerateObject())
        {
            if (!settings.Motors.ContainsKey(motor.Name))
                throw new WrongException($"{Shortened(motor.Name)}: there is no such motor; expected {string.Join(" or ", settings.Motors.Keys)}");
            if (movements.Any(movement => movement.Key == motor.Name)) throw new WrongException($"{motor.Name}: is there twice");
            movements.Add(new(motor.Name, ReadMovement(motor.Name, motor.Value)));
        }

        return movements.Count > 0 ? movements.ToImmutable() : throw new WrongException("expected at least one motor, such as {\"m1\": {\"dir\": \"CW\", \"spd\": 50}}");
    }

    private static Movement ReadMovement(string motor, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new WrongException($"{motor}: expected {{\"dir\": …, \"spd\": …}}");
        var direction = Text(value, "dir") switch
        {
            "CW" => MotorDirection.Clockwise,
            "CCW" => MotorDirection.CounterClockwise,
            _ => throw new WrongException($"{motor}.dir: expected \"CW\" or \"CCW\""),
        };
        return value.TryGetProperty("spd", out var speed) && speed.ValueKind == JsonValueKind.Number && speed.TryGetInt32(out var percent) && percent is >= 0 and <= 100
            ? new Movement(direction, percent)
            : throw new WrongException($"{motor}.spd: expected a whole number from 0 to 100");
    }

    private Command.RosPublish ReadPublish(JsonElement message)
    {
        var ros = Ros();
        var data = DataOrMessage(message);
        var topic = Required(data, "topic", LongestText);
        if (!ros.Publish.Contains(topic)) throw new WrongException($"topic: {Shortened(topic)} is not in robot.ros.publish");
        return new Command.RosPublish(topic, Required(data, "msg_type", LongestText), RequiredObject(data, "msg"), ros.Drive.Contains(topic));
    }

    private Command.RosCall ReadCall(JsonElement message)
    {
        var ros = Ros();
        var data = DataOrMessage(message);
        var service = Required(data, "service", LongestText);
        if (!ros.Services.Contains(service)) throw new WrongException($"service: {Shortened(service)} is not in robot.ros.services");
        // rosbridge takes a list of values or an object by name; a service without arguments needs neither.
        return new Command.RosCall(service, data.TryGetProperty("args", out var arguments) ? Json.Verbatim(arguments) : RawJson.From("{}"));
    }

    private RosSettings Ros() => settings.Ros ?? throw new WrongException("this robot is no bridge to ROS");

    private static bool State(JsonElement message) =>
        Data(message).TryGetProperty("state", out var state) && state.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? state.GetBoolean()
            : throw new WrongException("state: expected true or false");

    private static JsonElement Data(JsonElement message) =>
        message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : throw new WrongException("data: expected an object");

    /// <summary>What ROS is asked for may stand in <c>data</c>, like all else, or beside <c>type</c>, like what comes from ROS.</summary>
    private static JsonElement DataOrMessage(JsonElement message) =>
        message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : message;

    private static string Required(JsonElement data, string name, int longest) =>
        Text(data, name) is { Length: > 0 } text && text.Length <= longest ? text : throw new WrongException($"{name}: expected a string of 1 to {longest} characters");

    private static RawJson RequiredObject(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? Json.Verbatim(value) : throw new WrongException($"{name}: expected an object");

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryReadId(JsonElement message, out RawJson? id)
    {
        id = null;
        if (!message.TryGetProperty("id", out var value) && !(message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("id", out value)))
            return true;
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) return value.ValueKind == JsonValueKind.Null;
        var raw = Json.Verbatim(value);
        if (raw.Utf8.Length > LongestId) return false;
        id = raw;
        return true;
    }

    private static string Shortened(string text) => text.Length <= 64 ? text : $"{text[..64]}…";

    /// <summary>Something in the message is wrong; says what, and what was expected.</summary>
    [SuppressMessage("Design", "CA1064", Justification = "It doesn't leave this class.")]
    private sealed class WrongException(string message) : Exception(message);
}
