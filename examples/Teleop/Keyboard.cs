using System.Threading.Channels;

namespace Concierge.Examples.Teleop;

/// <summary>What a key asks for.</summary>
internal enum Key
{
    Forward,
    Backward,
    Left,
    Right,
    Release,
    EmergencyStop,
    Clear,
    Led,
    Buzzer,
    Quit,
}

/// <summary>The keys that are pressed. Where input is no terminal, its characters count as keys.</summary>
internal static class Keyboard
{
    /// <summary>Reads keys on a thread of their own, as the console has no other way.</summary>
    public static ChannelReader<Key> Read()
    {
        var keys = Channel.CreateUnbounded<Key>();
        new Thread(() =>
        {
            while (ReadOne() is { } pressed)
            {
                if (Meaning(pressed) is { } key) keys.Writer.TryWrite(key);
            }

            keys.Writer.TryWrite(Key.Quit);
        })
        { IsBackground = true }.Start();
        return keys.Reader;
    }

    private static ConsoleKeyInfo? ReadOne()
    {
        if (!Console.IsInputRedirected) return Console.ReadKey(intercept: true);
        return Console.Read() is >= 0 and var character ? new ConsoleKeyInfo((char)character, default, false, false, false) : null;
    }

    private static Key? Meaning(ConsoleKeyInfo pressed) => (pressed.Key, char.ToLowerInvariant(pressed.KeyChar)) switch
    {
        (ConsoleKey.UpArrow, _) or (_, 'w') => Key.Forward,
        (ConsoleKey.DownArrow, _) or (_, 's') => Key.Backward,
        (ConsoleKey.LeftArrow, _) or (_, 'a') => Key.Left,
        (ConsoleKey.RightArrow, _) or (_, 'd') => Key.Right,
        (_, ' ') => Key.Release,
        (_, 'x') => Key.EmergencyStop,
        (_, 'c') => Key.Clear,
        (_, 'l') => Key.Led,
        (_, 'b') => Key.Buzzer,
        (_, 'q') => Key.Quit,
        _ => null,
    };
}
