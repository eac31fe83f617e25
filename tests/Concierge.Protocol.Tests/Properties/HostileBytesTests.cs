using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Protocol.Tests.Properties;

public sealed class HostileBytesTests
{
    private static readonly Gen<byte[]> Noise =
        Gen.Choose(0, 80).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), length));

    // What a mutation puts in: what JSON is made of, and what breaks it.
    private static readonly Gen<byte[]> Fragments = Gen.OneOf(
        Noise,
        Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0074", "\\ud800",
            "null", "-1", "1e9", "0.5", "\"type\":\"ALL\",", "\"uuid\":1,", "\uFEFF",
            "\"x\":[[[[", "//", " ", "99999999999999999999999").Select(Wire.Bytes));

    [Fact]
    public void AnyBytes_ArePayloadOrError() => Always.Holds(Noise, ReadsOrRefuses);

    [Fact]
    public void AnyJson_IsPayloadOrError() => Always.Holds(Any.Json.Select(Wire.Bytes), ReadsOrRefuses);

    [Fact]
    public void AnyMutatedClientPayload_IsPayloadOrError() => Always.Holds(Mutated(Any.ClientPayload.Select(Wire.Write)), ReadsOrRefuses);

    [Fact]
    public void AnyMutatedServerPayload_IsPayloadOrError() => Always.Holds(Mutated(Any.ServerPayload.Select(Wire.Write)), ReadsOrRefuses);

    [Fact]
    public void AnyJson_InAnyField_IsPayloadOrError() => Always.Holds(
        from type in Gen.Elements(
            "MESSAGE", "IDENTIFY", "SELF_SUBSCRIBE", "SELF_SET_SEQ", "SERVICE_CREATE", "CLIENT_FETCH", "CLIENT_FETCH_ALL_RESULT",
            "ROOM_JOIN", "SELF_SET_NICKNAME", "ROOM_CLIENT_JOINED", "ROOM_FETCH_ALL_RESULT")
        from fields in Gen.ArrayOf(Gen.Zip(FieldNames, Any.Json), 4)
        select Wire.Bytes($$"""{{{string.Concat(fields.Select(field => $"\"{field.Item1}\":{field.Item2},"))}}"type":"{{type}}"}"""),
        ReadsOrRefuses);

    private static Gen<string> FieldNames { get; } = Gen.Elements(
        "target", "data", "name", "nickname", "version", "secret", "tags", "presence", "seq",
        "service", "uuid", "clients", "room", "rooms", "client", "\\u0064ata", "\\udc00");

    private static Gen<byte[]> Mutated(Gen<byte[]> frames) =>
        from frame in frames
        from position in Gen.Choose(0, frame.Length)
        from removed in Gen.Choose(0, Math.Min(6, frame.Length - position))
        from inserted in Fragments
        select (byte[])[.. frame[..position], .. inserted, .. frame[(position + removed)..]];

    private static void ReadsOrRefuses(byte[] frame)
    {
        Check(ClientPayloadReader.TryRead(frame, out var said, out var error), said, error);
        Check(ServerPayloadReader.TryRead(frame, out var answered, out error), answered, error);
    }

    private static void Check(bool isRead, object? payload, ReadError? error)
    {
        (payload is not null).ShouldBe(isRead);
        (error is null).ShouldBe(isRead);
        if (error is null)
            return;

        error.Description.ShouldNotBeNullOrWhiteSpace();
        error.Description.Length.ShouldBeLessThan(1000);
        (error.Type is null).ShouldBe(error.Kind == ReadErrorKind.NotAPayload);
        // What is described must be fit to be sent back.
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(error.Description).ShouldBeGreaterThan(0);
    }
}
