using System.Buffers;
using System.Runtime.InteropServices;
using FsCheck.Fluent;

namespace Concierge.Protocol.Tests.Properties;

public sealed class RoundTripTests
{
    [Fact]
    public void AnyClientPayload_WrittenAndRead_IsTheSame() => Always.Holds(Any.ClientPayload, payload =>
    {
        ClientPayloadReader.TryRead(Wire.Write(payload), out var read, out var error).ShouldBeTrue(error?.Description);
        read.ShouldBe(payload);
    });

    [Fact]
    public void AnyServerPayload_WrittenAndRead_IsTheSame() => Always.Holds(Any.ServerPayload, payload =>
    {
        ServerPayloadReader.TryRead(Wire.Write(payload), out var read, out var error).ShouldBeTrue(error?.Description);
        read.ShouldBe(payload);
    });

    [Fact]
    public void Data_FromAClient_PassesByteForByteAndIsNotCopied() => Always.Holds(Any.Json, data =>
    {
        var frame = Wire.Bytes($$"""{"data": {{data}} , "target":{"type":"ALL"},"type":"MESSAGE"}""");

        ClientPayloadReader.TryRead(frame, out var payload, out var error).ShouldBeTrue(error?.Description);

        var read = payload.ShouldBeOfType<ClientPayload.Message>().Data;
        read.ToString().ShouldBe(data);
        MemoryMarshal.TryGetArray(read.Utf8, out var segment).ShouldBeTrue();
        segment.Array.ShouldBeSameAs(frame);
    });

    [Fact]
    public void MessagePrefix_WithDataAndABrace_IsTheWholeFrame() => Always.Holds(Any.Message, message =>
    {
        var output = new ArrayBufferWriter<byte>();

        ServerPayloadWriter.WriteMessagePrefix(output, message.Origin, message.Target);
        output.Write(message.Data.Utf8.Span);
        output.Write("}"u8);

        output.WrittenSpan.SequenceEqual(Wire.Write(message)).ShouldBeTrue();
    });

    [Fact]
    public void Generators_CoverEveryPayload()
    {
        KindsOf(Any.ClientPayload.Sample(1000)).ShouldBe(KindsIn(typeof(ClientPayload)), ignoreOrder: true);
        KindsOf(Any.ServerPayload.Sample(2000)).ShouldBe(KindsIn(typeof(ServerPayload)), ignoreOrder: true);
        KindsOf(Any.Target.Sample(1000)).ShouldBe(KindsIn(typeof(Target)), ignoreOrder: true);
    }

    private static IEnumerable<Type> KindsOf<T>(IEnumerable<T> samples) => samples.Select(sample => sample!.GetType()).Distinct();

    private static Type[] KindsIn(Type union) => union.GetNestedTypes();
}
