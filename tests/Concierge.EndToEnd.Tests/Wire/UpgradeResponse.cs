namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>An HTTP response, as it came.</summary>
public sealed record UpgradeResponse(string Head)
{
    public string Body { get; init; } = "";

    public int Status => int.Parse(Head.Split(' ')[1], null);

    public string Text => Head + Body;

    /// <summary>A header's value; null where it isn't there.</summary>
    public string? this[string name] => Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();
}
