namespace Concierge.Robot.Ros;

/// <summary>The topics that this robot has told ROS it publishes on, with their types. For one thread.</summary>
internal sealed class RosTopics
{
    private readonly Dictionary<string, string> _types = [];

    public IReadOnlyDictionary<string, string> Advertised => _types;

    /// <summary>The type that a topic was advertised as, where that is another one: ROS has one for each.</summary>
    public string? Conflict(string topic, string type) => _types.TryGetValue(topic, out var before) && before != type ? before : null;

    /// <returns>Whether it wasn't before.</returns>
    public bool Advertise(string topic, string type) => _types.TryAdd(topic, type);
}
