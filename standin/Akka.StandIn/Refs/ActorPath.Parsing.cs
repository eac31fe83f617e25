using System.Globalization;

namespace Akka.Actor;

public abstract partial class ActorPath
{
    /// <summary>A path may come over the network, and it is walked by recursion.</summary>
    private const int MostElements = 256;

    /// <exception cref="UriFormatException">It isn't an address and names.</exception>
    public static ActorPath Parse(string path) => TryParse(path, out var parsed)
        ? parsed
        : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        return Address.TryParse(path, out var address, out var names) && TryParse(new RootActorPath(address), names, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Names divided by slashes, the last of which may carry a uid: <c>/user/a/b#123</c>.</summary>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = null;
        var uid = UndefinedUid;
        if (absoluteUri.LastIndexOf('#') is >= 0 and var hash)
        {
            if (!long.TryParse(absoluteUri[(hash + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid))
                return false;
            absoluteUri = absoluteUri[..hash];
        }
        absoluteUri = absoluteUri.TrimEnd('/');
        var path = basePath;
        var elements = 0;
        foreach (var range in absoluteUri.Split('/'))
        {
            var name = absoluteUri[range];
            if (name.IsEmpty)
                continue;
            if (++elements > MostElements || !IsMadeOfValidCharacters(name))
                return false;
            path = new ChildActorPath(path, name.ToString(), range.End.GetOffset(absoluteUri.Length) == absoluteUri.Length ? uid : UndefinedUid);
        }
        actorPath = path;
        return true;
    }

    /// <summary>The names, the last one with the uid, as a parent looks its children up.</summary>
    internal IReadOnlyList<string> ElementsWithUid
    {
        get
        {
            var elements = (string[])Elements;
            if (elements.Length > 0 && Uid != UndefinedUid)
                elements[^1] = $"{elements[^1]}#{Uid}";
            return elements;
        }
    }
}
