using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class MessageReaderMemoryTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public void AnIdleReader_TakesLessThan100Bytes()
    {
        const int Readers = 1000;
        var readers = new MessageReader[Readers];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Readers; i++) readers[i] = new MessageReader(Mebibyte);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Readers;

        each.ShouldBeLessThan(100);
        readers.ShouldAllBe(r => r.HeldBytes == 0);
    }

    [Fact]
    public void AnAnnouncement_AllocatesNothing()
    {
        var reader = new MessageReader(Mebibyte);
        ClientFrames.ReadChunk(reader, ClientFrames.Header(Opcode.Text, Mebibyte)).ShouldBeEmpty();
        reader.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public void AMessageThatArrivesSlowly_HoldsAtMostTwiceWhatHasArrived()
    {
        var reader = new MessageReader(Mebibyte);
        ClientFrames.ReadChunk(reader, ClientFrames.Header(Opcode.Binary, 10_000));
        for (int arrived = 1; arrived < 10_000; arrived++)
        {
            ClientFrames.ReadChunk(reader, [0]);
            reader.HeldBytes.ShouldBeLessThanOrEqualTo(2 * arrived);
        }

        ClientFrames.ReadChunk(reader, [0]).ShouldHaveSingleItem();
        reader.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public void AMessageThatGrowsToTheLimit_HoldsNoMoreThanIt()
    {
        const int Limit = 1000;
        var reader = new MessageReader(Limit);
        ClientFrames.ReadChunk(reader, ClientFrames.Frame(Opcode.Binary, new byte[1], final: false));
        for (int i = 1; i < Limit; i++)
        {
            ClientFrames.ReadChunk(reader, ClientFrames.Frame(Opcode.Continuation, new byte[1], final: false));
            reader.HeldBytes.ShouldBeLessThanOrEqualTo(Limit);
        }

        ClientFrames.ReadChunk(reader, ClientFrames.Frame(Opcode.Continuation, [])).ShouldHaveSingleItem().Payload.Length.ShouldBe(Limit);
    }

    [Fact]
    public void AMillionEmptyFragments_CostNoMemory()
    {
        var reader = new MessageReader(Mebibyte);
        var messages = new List<InboundMessage>();
        byte[] fragment = ClientFrames.Frame(Opcode.Continuation, [], final: false);
        reader.Read(ClientFrames.Text("", final: false), messages);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000_000; i++) reader.Read(fragment, messages);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        reader.HeldBytes.ShouldBe(0);
        reader.Read(ClientFrames.Continuation("the end", final: true), messages);
        messages.ShouldHaveSingleItem().Payload.Length.ShouldBe(7);
    }

    [Fact]
    public void MessagesThatLieInTheirChunks_AllocateNothing()
    {
        var reader = new MessageReader(Mebibyte);
        var messages = new List<InboundMessage>(16);
        byte[] frame = ClientFrames.Text("hello");
        reader.Read(frame.ToArray(), messages);
        byte[] chunk = [.. frame, .. frame, .. frame];

        long before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(chunk, messages);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        messages.Count.ShouldBe(4);
    }

    [Fact]
    public void AControlFrameThatIsCut_IsHeldUntilItIsComplete()
    {
        var reader = new MessageReader(1);
        byte[] ping = ClientFrames.Frame(Opcode.Ping, new byte[125]);

        ClientFrames.ReadChunk(reader, ping.AsSpan(0, ping.Length - 1)).ShouldBeEmpty();
        reader.HeldBytes.ShouldBeInRange(124, 125);
        ClientFrames.ReadChunk(reader, ping.AsSpan(ping.Length - 1)).ShouldHaveSingleItem().Payload.Length.ShouldBe(125);
        reader.HeldBytes.ShouldBe(0);
    }
}
