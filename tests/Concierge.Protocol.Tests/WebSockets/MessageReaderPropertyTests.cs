using System.Text;
using Concierge.Protocol.WebSockets;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Concierge.Protocol.Tests.WebSockets;

public class MessageReaderPropertyTests
{
    private const int Limit = 2000;

    /// <summary>A frame as a client means it.</summary>
    private sealed record Sent(Opcode Opcode, byte[] Payload, bool Final, byte[] Key)
    {
        public byte[] Bytes => ClientFrames.Frame(Opcode, Payload, Final, Key);

        public override string ToString() => $"{Opcode}{(Final ? "" : "…")}[{Convert.ToHexString(Payload)}]";
    }

    private sealed record Conversation(Sent[] Frames, int[] Cuts)
    {
        public override string ToString() => $"{string.Join(' ', Frames.Select(f => f.ToString()))} cut {string.Join(',', Cuts)}";
    }

    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(i => (byte)i);

    private static readonly Gen<byte[]> AnyKey = AnyByte.ArrayOf(4);

    private static readonly Gen<byte[]> AnyText =
        Gen.Elements("", "a", "ß", "€", "😀", "{\"type\":\"OK\"}", new string('x', 126)).ArrayOf()
            .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts.Take(10))));

    private static readonly Gen<Sent> AnyControl =
        from opcode in Gen.Elements(Opcode.Ping, Opcode.Pong)
        from length in Gen.Choose(0, 125)
        from payload in AnyByte.ArrayOf(length)
        from key in AnyKey
        select new Sent(opcode, payload, true, key);

    private static readonly Gen<Sent[]> AnyMessage =
        from isText in Gen.Elements(true, false)
        from payload in isText ? AnyText : Gen.Choose(0, 300).SelectMany(n => AnyByte.ArrayOf(n))
        from cuts in Gen.Choose(0, payload.Length).ArrayOf()
        from keys in AnyKey.ArrayOf(cuts.Length + 1)
        from controls in Gen.Frequency((3, AnyControl.Select(_ => (Sent?)null)), (1, AnyControl.Select(c => (Sent?)c))).ArrayOf(cuts.Length)
        select Fragments(isText ? Opcode.Text : Opcode.Binary, payload, [.. cuts.Order()], keys, controls);

    private static readonly Gen<Conversation> AnyConversation =
        from messages in Gen.OneOf(AnyMessage, AnyControl.Select(c => new[] { c })).ArrayOf()
        from cuts in Gen.Choose(0, 50).NonEmptyListOf()
        select new Conversation([.. messages.SelectMany(m => m)], [.. cuts]);

    [Fact]
    public void AnyMessages_FragmentedMaskedAndCutInAnyWay_ComeOutTheSame() => Hold(AnyConversation, conversation =>
    {
        List<Seen> seen = ReadCut(new MessageReader(Limit), [.. conversation.Frames.SelectMany(f => f.Bytes)], conversation.Cuts);
        return seen.SequenceEqual(Expected(conversation.Frames));
    });

    [Fact]
    public void AnyBytes_NeverThrowAndHoldNoMoreThanTheyAre() => Hold(AnyByte.ArrayOf().Zip(Gen.Choose(1, 20)), input =>
        HoldsLittle(input.Item1, [input.Item2]));

    [Fact]
    public void AlmostSoundBytes_NeverThrowAndHoldNoMoreThanTheyAre() =>
        Hold(AnyConversation.Zip(Gen.Choose(0, int.MaxValue).Zip(AnyByte)), input =>
        {
            byte[] bytes = [.. input.Item1.Frames.SelectMany(f => f.Bytes)];
            if (bytes.Length > 0) bytes[input.Item2.Item1 % bytes.Length] = input.Item2.Item2;
            return HoldsLittle(bytes, input.Item1.Cuts);
        });

    [Fact]
    public void AnyBytes_CutInAnyWay_MeanTheSameAsAtOnce() =>
        Hold(AnyConversation.Zip(Gen.Choose(0, int.MaxValue).Zip(AnyByte)), input =>
        {
            byte[] bytes = [.. input.Item1.Frames.SelectMany(f => f.Bytes)];
            if (bytes.Length > 0) bytes[input.Item2.Item1 % bytes.Length] = input.Item2.Item2;
            return ReadCut(new MessageReader(Limit), bytes, input.Item1.Cuts).SequenceEqual(ClientFrames.Read(bytes, maxMessageSize: Limit));
        });

    private static bool HoldsLittle(byte[] bytes, int[] cuts)
    {
        var reader = new MessageReader(Limit);
        int sent = 0;
        return Cut(bytes, cuts).All(chunk =>
        {
            ClientFrames.ReadChunk(reader, chunk);
            sent += chunk.Length;
            return reader.HeldBytes <= Math.Min(2 * sent, Limit + 125);
        });
    }

    private static List<Seen> ReadCut(MessageReader reader, byte[] bytes, int[] cuts) =>
        [.. Cut(bytes, cuts).SelectMany(chunk => ClientFrames.ReadChunk(reader, chunk))];

    // Chunks of the given sizes, over and over; an empty chunk may be among them.
    private static IEnumerable<byte[]> Cut(byte[] bytes, int[] cuts)
    {
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int size = i > cuts.Length ? cuts[i % cuts.Length] + 1 : cuts[i % cuts.Length];
            byte[] chunk = [.. bytes.Skip(at).Take(size)];
            at += chunk.Length;
            yield return chunk;
        }
    }

    private static Sent[] Fragments(Opcode opcode, byte[] payload, int[] cuts, byte[][] keys, Sent?[] controls)
    {
        var frames = new List<Sent>();
        for (int i = 0; i <= cuts.Length; i++)
        {
            int from = i == 0 ? 0 : cuts[i - 1];
            int to = i == cuts.Length ? payload.Length : cuts[i];
            frames.Add(new Sent(i == 0 ? opcode : Opcode.Continuation, payload[from..to], i == cuts.Length, keys[i]));
            if (i < cuts.Length && controls[i] is { } control) frames.Add(control);
        }

        return [.. frames];
    }

    // The simplest reader there is: it sees whole frames.
    private static IEnumerable<Seen> Expected(Sent[] frames)
    {
        var kind = MessageKind.Text;
        string payload = "";
        foreach (Sent frame in frames)
        {
            string part = Encoding.Latin1.GetString(frame.Payload);
            if (frame.Opcode is Opcode.Ping or Opcode.Pong)
            {
                yield return new Seen(frame.Opcode == Opcode.Ping ? MessageKind.Ping : MessageKind.Pong, part);
                continue;
            }

            if (frame.Opcode != Opcode.Continuation) (kind, payload) = (frame.Opcode == Opcode.Text ? MessageKind.Text : MessageKind.Binary, "");
            payload += part;
            if (frame.Final) yield return new Seen(kind, payload);
        }
    }

    // The same inputs in every run: a failure is a change in the code.
    private static void Hold<T>(Gen<T> inputs, Func<T, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(6455, 13), FSharpOption<int>.None))),
        Prop.ForAll(inputs.ToArbitrary(), property));
}
