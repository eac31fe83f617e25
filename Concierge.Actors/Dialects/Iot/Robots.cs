using System.Buffers;
using System.Text.Json;
using Concierge.Actors.Directory;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>The robots that there are, old ones and new ones: each owns a service that is named so.</summary>
internal static class Robots
{
    private const string Prefix = "robot/";

    /// <summary>The name of a robot's service.</summary>
    public static string ServiceOf(string id) => Prefix + id;

    /// <summary>Whether a service is a robot's.</summary>
    public static bool IsRobot(string service) => service.StartsWith(Prefix, StringComparison.Ordinal) && service.Length > Prefix.Length;

    /// <summary>All of them, for browsers: <c>{"type":"robots","data":[{"name","id"}, …]}</c>, ordered by id.</summary>
    public static byte[] List(DirectoryView view)
    {
        var list = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(list, RelaxedJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "robots");
            json.WriteStartArray("data");
            foreach (ServiceEntry robot in view.Services.Where(service => IsRobot(service.Name)).OrderBy(robot => robot.Name, StringComparer.Ordinal))
            {
                string id = robot.Name[Prefix.Length..];
                json.WriteStartObject();
                json.WriteString("name", robot.Info.Nickname ?? id);
                json.WriteString("id", id);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return list.WrittenSpan.ToArray();
    }
}
