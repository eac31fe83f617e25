using Concierge.Protocol;

namespace Concierge.Robot.Telemetry;

/// <summary>The last of everything that was said, for those who come later. For one thread.</summary>
internal sealed class Latest
{
    private readonly Dictionary<string, Queue<RawJson>> _byKey = [];

    /// <summary>All of it; of one kind the oldest first.</summary>
    public IEnumerable<RawJson> All => _byKey.Values.SelectMany(said => said);

    /// <summary>Keeps what was said, and forgets what is more than so many sayings old.</summary>
    /// <param name="key">What it replaces: its kind, and where there are several of a kind, which.</param>
    /// <param name="said">The data of the message.</param>
    /// <param name="keep">How many are kept.</param>
    public void Keep(string key, RawJson said, int keep = 1)
    {
        if (!_byKey.TryGetValue(key, out var kept)) _byKey[key] = kept = new Queue<RawJson>();
        kept.Enqueue(said);
        while (kept.Count > keep) kept.Dequeue();
    }
}
