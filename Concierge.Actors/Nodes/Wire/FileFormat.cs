using System.Runtime.Serialization;
using Concierge.Actors.Files;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>How what nodes say about files is written: a byte for the kind, for requests the transfer, then what belongs to it.</summary>
internal static class FileFormat
{
    private enum Kind : byte
    {
        Open, Read, Begin, Add, Append, Commit, Delete, KeepAlive, Close,
        Opened, Chunk, Begun, Done, Refused,
    }

    /// <summary>About how many bytes it takes.</summary>
    public static int SizeOf(FileMessage message) => 128 + message switch
    {
        FileMessage.Append(_, var bytes) => bytes.Length,
        FileMessage.Chunk(var bytes) => bytes.Length,
        _ => 0,
    };

    public static void Write(WireWriter to, FileMessage message)
    {
        switch (message)
        {
            case FileMessage.Open(var id, var client, var path): Begin(to, Kind.Open).Uuid(id).Uuid(client).Text(path); break;
            case FileMessage.Read(var id, var offset): Begin(to, Kind.Read).Uuid(id).Long(offset); break;
            case FileMessage.Begin(var id, var client, var isProven): Begin(to, Kind.Begin).Uuid(id).Uuid(client).Bool(isProven); break;
            case FileMessage.Add(var id, var path): Begin(to, Kind.Add).Uuid(id).Text(path); break;
            case FileMessage.Append(var id, var bytes): Begin(to, Kind.Append).Uuid(id).Bytes(bytes); break;
            case FileMessage.Commit(var id): Begin(to, Kind.Commit).Uuid(id); break;
            case FileMessage.Delete(var id, var client, var isProven, var path):
                Begin(to, Kind.Delete).Uuid(id).Uuid(client).Bool(isProven).Text(path);
                break;
            case FileMessage.KeepAlive(var id): Begin(to, Kind.KeepAlive).Uuid(id); break;
            case FileMessage.Close(var id): Begin(to, Kind.Close).Uuid(id); break;
            case FileMessage.Opened(var length, var written): Begin(to, Kind.Opened).Long(length).Long(written.UtcTicks); break;
            case FileMessage.Chunk(var bytes): Begin(to, Kind.Chunk).Bytes(bytes); break;
            case FileMessage.Begun(var maxSize): Begin(to, Kind.Begun).Long(maxSize); break;
            case FileMessage.Done: Begin(to, Kind.Done); break;
            case FileMessage.Refused(var why, var text): Begin(to, Kind.Refused).Byte((byte)why).Text(text); break;
            default: throw new SerializationException($"no way to write {message.GetType()}");
        }
    }

    public static FileMessage Read(ref WireReader from)
    {
        var kind = (Kind)from.Byte();
        return kind switch
        {
            Kind.Open => new FileMessage.Open(from.Uuid(), from.Uuid(), from.Text()),
            Kind.Read => new FileMessage.Read(from.Uuid(), ReadLength(ref from)),
            Kind.Begin => new FileMessage.Begin(from.Uuid(), from.Uuid(), from.Bool()),
            Kind.Add => new FileMessage.Add(from.Uuid(), from.Text()),
            Kind.Append => new FileMessage.Append(from.Uuid(), from.Bytes()),
            Kind.Commit => new FileMessage.Commit(from.Uuid()),
            Kind.Delete => new FileMessage.Delete(from.Uuid(), from.Uuid(), from.Bool(), from.Text()),
            Kind.KeepAlive => new FileMessage.KeepAlive(from.Uuid()),
            Kind.Close => new FileMessage.Close(from.Uuid()),
            Kind.Opened => new FileMessage.Opened(ReadLength(ref from), ReadMoment(ref from)),
            Kind.Chunk => new FileMessage.Chunk(from.Bytes()),
            Kind.Begun => new FileMessage.Begun(ReadLength(ref from)),
            Kind.Done => FileMessage.Done.Instance,
            Kind.Refused => new FileMessage.Refused(ReadRefusal(ref from), from.Text()),
            _ => throw new SerializationException($"no such kind of message about files: {(byte)kind}"),
        };
    }

    private static long ReadLength(ref WireReader from)
    {
        long length = from.Long();
        return length >= 0 ? length : throw new SerializationException($"expected 0 or more bytes, got {length}");
    }

    private static DateTimeOffset ReadMoment(ref WireReader from)
    {
        long ticks = from.Long();
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) throw new SerializationException($"expected a moment, got {ticks}");
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static FileRefusal ReadRefusal(ref WireReader from)
    {
        byte why = from.Byte();
        return why <= (byte)FileRefusal.Unavailable ? (FileRefusal)why : throw new SerializationException($"no such refusal: {why}");
    }

    private static WireWriter Begin(WireWriter to, Kind kind) => to.Byte((byte)kind);
}
