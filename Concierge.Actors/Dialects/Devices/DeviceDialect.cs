using System.Buffers;
using Concierge.Actors.Directory;
using Concierge.Actors.Operators;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Devices;

/// <summary>
/// What devices hear that take nothing but JSON objects: the bare data of what is said to their service, and of what the operator says. Anything else
/// would be taken for part of an object, as nothing separates one from the next.
/// </summary>
/// <param name="kind">Which one.</param>
/// <param name="prefix">What the clients' names begin with.</param>
/// <param name="view">Who is where.</param>
internal class DeviceDialect(DialectKind kind, string prefix, DirectoryView view) : Dialect(kind, prefix, view)
{
    private protected override void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames)
    {
        if (payload is not ServerPayload.Message(var origin, var target, var data)) return;
        if (target is not Target.ToService && !ServerOrigin.Is(origin.Client)) return;
        if (RelaxedJson.IsObject(data.Utf8.Span)) frames.Write(data.Utf8.Span);
    }
}
