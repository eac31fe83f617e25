using System.Text;

namespace Akka.Actor;

public abstract partial class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    internal const long UndefinedUid = 0;

    private const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private byte[] _utf8;

    private protected ActorPath(ActorPath parent, string name, long uid)
    {
        Parent = parent ?? this;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }
    public ActorPath Parent { get; }
    public long Uid { get; }
    public abstract Address Address { get; }
    public ActorPath Root => ReferenceEquals(Parent, this) ? this : Parent.Root;
    public int Depth => ReferenceEquals(Parent, this) ? 0 : Parent.Depth + 1;

    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var path = this;
            for (var i = elements.Length - 1; i >= 0; i--, path = path.Parent)
                elements[i] = path.Name;
            return elements;
        }
    }

    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, UndefinedUid);

    public static bool operator ==(ActorPath left, ActorPath right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    /// <summary>Letters, digits and <c>-_.*$+:@&amp;=,!~';()"</c>, or %xx; a leading $ is reserved for generated names.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        return IsMadeOfValidCharacters(s);
    }

    private static bool IsMadeOfValidCharacters(ReadOnlySpan<char> s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            if (s[i] == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2]))
                i += 2;
            else if (!char.IsAsciiLetterOrDigit(s[i]) && !ValidSymbols.Contains(s[i]))
                return false;
        }
        return true;
    }

    public string ToStringWithoutAddress()
    {
        if (ReferenceEquals(Parent, this))
            return "/";
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    public ActorPath Child(string childName) => this / childName;

    /// <summary>With the given address, where this path has none that leads out of the process.</summary>
    public string ToStringWithAddress(Address address) => (Address.HasGlobalScope ? Address : address) + ToStringWithoutAddress();

    public string ToSerializationFormat() => ToStringWithUid();

    public string ToSerializationFormatWithAddress(Address address) => WithUid(ToStringWithAddress(address));

    public string ToStringWithUid() => WithUid(ToString());

    public override string ToString() => Address + ToStringWithoutAddress();

    public bool Equals(ActorPath other)
    {
        for (var self = this; ; self = self.Parent, other = other.Parent)
        {
            if (ReferenceEquals(self, other))
                return true;
            if (other is null || self.Name != other.Name)
                return false;
            if (ReferenceEquals(self.Parent, self) || ReferenceEquals(other.Parent, other))
                return ReferenceEquals(self.Parent, self) && ReferenceEquals(other.Parent, other) && self.Address == other.Address;
        }
    }

    public override bool Equals(object obj) => obj is ActorPath other && Equals(other);

    public override int GetHashCode() =>
        ReferenceEquals(Parent, this) ? Address.GetHashCode() : HashCode.Combine(Name, Parent.GetHashCode());

    public int CompareTo(ActorPath other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>What goes over the wire for each message from or to this actor: its names and uid, without the address.</summary>
    internal byte[] Utf8 => _utf8 ??= Encoding.UTF8.GetBytes(WithUid(ToStringWithoutAddress()));

    private string WithUid(string path) => Uid == UndefinedUid ? path : $"{path}#{Uid}";

    private void AppendTo(StringBuilder text)
    {
        if (ReferenceEquals(Parent, this))
            return;
        Parent.AppendTo(text);
        text.Append('/').Append(Name);
    }
}

public sealed class RootActorPath(Address address, string name = "") : ActorPath(null, name, UndefinedUid)
{
    public override Address Address { get; } = address;
}

public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(parentPath, name, uid)
{
    public override Address Address => Root.Address;
}
