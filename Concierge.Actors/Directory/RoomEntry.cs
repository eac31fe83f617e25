using Concierge.Protocol;

namespace Concierge.Actors.Directory;

/// <summary>A room, as the directory knows it. Changed by the directory alone, read by everybody.</summary>
/// <param name="name">Its name.</param>
public sealed class RoomEntry(string name)
{
    /// <summary>Its name, unique in the whole cluster.</summary>
    public string Name => name;

    /// <summary>Its members, in the order of joining.</summary>
    public Roster Members { get; } = new();

    /// <summary>The room as answers show it.</summary>
    /// <param name="mostMembers">Above so many members the list is left empty.</param>
    public RoomInfo Describe(int mostMembers = int.MaxValue)
    {
        ClientEntry[] members = Members.Snapshot();
        return new RoomInfo(name, members.Length > mostMembers ? [] : [.. members.Select(member => member.Info.Uuid)]);
    }
}
