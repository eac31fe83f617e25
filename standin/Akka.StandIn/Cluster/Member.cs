using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

public enum MemberStatus
{
    Joining = 0,
    Up = 1,
    Leaving = 2,
    Exiting = 3,
    Down = 4,
    Removed = 5,

    /// <summary>Never seen: the stand-in works as with <c>allow-weakly-up-members = off</c>.</summary>
    WeaklyUp = 6,
}

/// <summary>One incarnation of a node, at one moment of its way from Joining to Removed. Equal to itself at any other moment.</summary>
public class Member : IComparable<Member>, IComparable
{
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create((one, other) =>
    {
        var byHost = string.CompareOrdinal(one.Host ?? "", other.Host ?? "");
        return byHost != 0 ? byHost : Nullable.Compare(one.Port, other.Port);
    });

    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create((one, other) =>
        one.Equals(other) ? 0 : one.IsOlderThan(other) ? -1 : 1);

    private const int NotYetUp = int.MaxValue;

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles) =>
        (UniqueAddress, UpNumber, Status, Roles) = (uniqueAddress, upNumber, status, roles);

    public UniqueAddress UniqueAddress { get; }
    public Address Address => UniqueAddress.Address;
    public MemberStatus Status { get; }
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>Counts those that came up, the oldest first.</summary>
    internal int UpNumber { get; }

    /// <summary>No status leads back to an earlier one.</summary>
    private int Progress => Status == MemberStatus.WeaklyUp ? 0 : (int)Status;

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other) => UpNumber == other.UpNumber
        ? AddressOrdering.Compare(Address, other.Address) < 0
        : UpNumber < other.UpNumber;

    public int CompareTo(Member other) => UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object obj) => CompareTo((Member)obj);

    public override bool Equals(object obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() => $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber})";

    internal static Member Joining(UniqueAddress node, ImmutableHashSet<string> roles) => new(node, NotYetUp, MemberStatus.Joining, roles);

    internal static Member Removed(UniqueAddress node) => new(node, NotYetUp, MemberStatus.Removed, []);

    internal Member Copy(MemberStatus status) => new(UniqueAddress, UpNumber, status, Roles);

    internal Member CopyUp(int upNumber) => new(UniqueAddress, upNumber, MemberStatus.Up, Roles);

    internal bool IsSameAs(Member other) => Equals(other) && Status == other.Status && UpNumber == other.UpNumber;

    /// <summary>What is known of one member by two nodes that know it at different moments.</summary>
    internal Member Merge(Member other)
    {
        var later = other.Progress > Progress ? other : this;
        var upNumber = Math.Min(UpNumber, other.UpNumber);
        return upNumber == later.UpNumber ? later : new Member(UniqueAddress, upNumber, later.Status, Roles);
    }
}
