using System.Globalization;

namespace Akka.Actor;

/// <summary>Where an actor system can be reached; without a host, in this process only.</summary>
public sealed class Address(string protocol, string system, string host = null, int? port = null)
    : IEquatable<Address>, IComparable<Address>, IComparable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    private string _text;

    public static IComparer<Address> Comparer { get; } = Comparer<Address>.Create((one, other) => one.CompareTo(other));

    public string Protocol { get; } = protocol;
    public string System { get; } = system;
    public string Host { get; } = host?.ToLowerInvariant();
    public int? Port { get; } = port;
    public bool HasLocalScope => string.IsNullOrEmpty(Host);
    public bool HasGlobalScope => !HasLocalScope;

    public static bool operator ==(Address left, Address right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address left, Address right) => !(left == right);

    /// <exception cref="UriFormatException">It isn't of the form protocol://system@host:port.</exception>
    public static Address Parse(string address) => TryParse(address, out var parsed)
        ? parsed
        : throw new UriFormatException($"Can not parse an Address: [{address}]; expected akka.tcp://system@host:port.");

    public static bool TryParse(string path, out Address address) => TryParse(path.AsSpan(), out address);

    public static bool TryParse(ReadOnlySpan<char> span, out Address address) => TryParse(span, out address, out _);

    /// <summary>What follows the address is a path, or <c>/</c> where nothing does.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, out Address address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = "/";
        var protocolEnd = span.IndexOf("://");
        if (protocolEnd < 0 || span.IndexOfAnyInRange('\0', ' ') >= 0 || !span.StartsWith("akka", StringComparison.OrdinalIgnoreCase))
            return false;
        var authority = span[(protocolEnd + 3)..];
        if (authority.IndexOf('/') is >= 0 and var slash)
        {
            absolutUri = authority[slash..];
            authority = authority[..slash];
        }
        var protocol = span[..protocolEnd].ToString().ToLowerInvariant();
        var at = authority.IndexOf('@');
        if (at < 0 && !authority.IsEmpty)
            address = new Address(protocol, authority.ToString());
        // An IPv6 host has colons of its own.
        else if (authority.LastIndexOf(':') is var colon && at > 0 && colon > at + 1
            && int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue)
        {
            address = new Address(protocol, authority[..at].ToString(), authority[(at + 1)..colon].ToString(), port);
        }
        return address is not null;
    }

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public Address WithHost(string host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public int CompareTo(Address other)
    {
        if (other is null)
            return 1;
        var order = string.CompareOrdinal(Protocol, other.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(System, other.System);
        if (order == 0)
            order = string.CompareOrdinal(Host ?? "", other.Host ?? "");
        return order != 0 ? order : (Port ?? 0).CompareTo(other.Port ?? 0);
    }

    int IComparable.CompareTo(object obj) => CompareTo((Address)obj);

    public bool Equals(Address other) =>
        other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol;

    public override bool Equals(object obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Host, Port, System, Protocol);

    public override string ToString() => _text ??=
        HasLocalScope ? $"{Protocol}://{System}" : Port is null ? $"{Protocol}://{System}@{Host}" : $"{Protocol}://{System}@{Host}:{Port}";
}
