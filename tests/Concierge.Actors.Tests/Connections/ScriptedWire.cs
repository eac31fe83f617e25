using Concierge.Actors.Connections;

namespace Concierge.Actors.Tests.Connections;

/// <summary>A wire that takes as many bytes at once as a test allows, and the rest when the test says so.</summary>
internal sealed class ScriptedWire : IWire
{
    private readonly Lock _gate = new();
    private readonly List<byte> _taken = [];
    private readonly TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many bytes the kernel would still take; int.MaxValue unless a test says otherwise.</summary>
    public int Room { get; set; } = int.MaxValue;

    public List<int> Sends { get; } = [];

    /// <summary>Told of what was taken, one call after the other.</summary>
    public Action<byte[]>? OnTaken { get; set; }

    public bool IsBroken { get; set; }

    public bool IsAborted { get; private set; }

    public byte[] Taken
    {
        get
        {
            lock (_gate) return [.. _taken];
        }
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (IsBroken) return -1;
        int count = Math.Min(bytes.Length, Room);
        lock (_gate) _taken.AddRange(bytes[..count]);
        if (Room != int.MaxValue) Room -= count;
        Sends.Add(count);
        OnTaken?.Invoke(bytes[..count].ToArray());
        return count;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _room.Task;
        if (IsAborted) throw new IOException("aborted");
        lock (_gate) _taken.AddRange(bytes.Span);
        OnTaken?.Invoke(bytes.ToArray());
    }

    public void MakeRoom()
    {
        Room = int.MaxValue;
        _room.TrySetResult();
    }

    public void Abort()
    {
        IsAborted = true;
        _room.TrySetResult();
    }
}
