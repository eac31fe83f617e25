using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Concierge.Actors.Directory;
using Concierge.Actors.Files;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>
/// Writes and reads all that nodes tell each other, and nothing else: what a message is is said by its manifest, one of
/// these, and never by the name of a type.
/// </summary>
/// <param name="system">The actor system that it serves.</param>
public sealed class NodeMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string
        Connect = "c", Connected = "C", Batch = "b", Acknowledgement = "a",
        Enrol = "e", Enrolled = "E", Claim = "n", Granted = "g", Refused = "r", Release = "R", Check = "h", Checked = "H",
        File = "f", AskFigures = "q", Figures = "Q";

    /// <inheritdoc/>
    public override int Identifier => 640;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        PeersActor.Connect => Connect,
        PeerActor.Connected => Connected,
        PeerActor.Batch => Batch,
        PeerActor.Acknowledgement => Acknowledgement,
        RegistrarActor.Enrol => Enrol,
        RegistrarActor.Enrolled => Enrolled,
        RegistrarActor.Claim => Claim,
        RegistrarActor.Granted => Granted,
        RegistrarActor.Refused => Refused,
        RegistrarActor.Release => Release,
        RegistrarActor.Check => Check,
        RegistrarActor.Checked => Checked,
        FileMessage => File,
        NodeFigures.Request => AskFigures,
        NodeFigures => Figures,
        _ => throw new SerializationException($"no way to write {o.GetType()}"),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var to = new WireWriter(SizeOf(obj));
        switch (obj)
        {
            case PeersActor.Connect(var from): to.Node(from); break;
            case PeerActor.Connected: break;
            case PeerActor.Batch(var first, var items):
                to.Long(first).Int(items.Count);
                foreach (LinkItem item in items) LinkFormat.Write(to, item);
                break;
            case PeerActor.Acknowledgement(var upTo, var isGap): to.Long(upTo).Bool(isGap); break;
            case RegistrarActor.Enrol(var registrar): to.Uuid(registrar); break;
            case RegistrarActor.Enrolled(var registrar, var node, var names, var total, var latest):
                to.Uuid(registrar).Node(node).Int(total).Long(latest).Int(names.Count);
                foreach ((RegisteredName name, Guid claim) in names) Write(to, name).Uuid(claim);
                break;
            case RegistrarActor.Claim(var node, var name, var id): Write(to.Node(node), name).Uuid(id); break;
            case RegistrarActor.Granted(var claim, var name, var number): Write(to.Uuid(claim), name).Long(number); break;
            case RegistrarActor.Refused(var claim, var holder): to.Uuid(claim).Node(holder); break;
            case RegistrarActor.Release(var name, var claim): Write(to, name).Uuid(claim); break;
            case RegistrarActor.Check(var name, var held): Write(to, name).Uuid(held); break;
            case RegistrarActor.Checked(var name, var held, var isHeld): Write(to, name).Uuid(held).Bool(isHeld); break;
            case FileMessage file: FileFormat.Write(to, file); break;
            case NodeFigures.Request: break;
            case NodeFigures figures: FiguresFormat.Write(to, figures); break;
            default: throw new SerializationException($"no way to write {obj.GetType()}");
        }
        return to.ToArray();
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The manifest is none of these, or the bytes are something else.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var from = new WireReader(bytes);
        object message = manifest switch
        {
            Connect => new PeersActor.Connect(from.Node()),
            Connected => PeerActor.Connected.Instance,
            Batch => ReadBatch(ref from),
            Acknowledgement => new PeerActor.Acknowledgement(from.Long(), from.Bool()),
            Enrol => new RegistrarActor.Enrol(from.Uuid()),
            Enrolled => ReadEnrolled(ref from),
            Claim => new RegistrarActor.Claim(from.Node(), ReadName(ref from), from.Uuid()),
            Granted => new RegistrarActor.Granted(from.Uuid(), ReadName(ref from), from.Long()),
            Refused => new RegistrarActor.Refused(from.Uuid(), from.Node()),
            Release => new RegistrarActor.Release(ReadName(ref from), from.Uuid()),
            Check => new RegistrarActor.Check(ReadName(ref from), from.Uuid()),
            Checked => new RegistrarActor.Checked(ReadName(ref from), from.Uuid(), from.Bool()),
            File => FileFormat.Read(ref from),
            AskFigures => NodeFigures.Request.Instance,
            Figures => FiguresFormat.Read(ref from),
            _ => throw new SerializationException($"no such message between nodes: '{manifest}'"),
        };
        from.End();
        return message;
    }

    private static int SizeOf(object message) => message switch
    {
        PeerActor.Batch batch => 64 + batch.Items.Sum(item => item.Size),
        FileMessage file => FileFormat.SizeOf(file),
        _ => 128,
    };

    private static PeerActor.Batch ReadBatch(ref WireReader from)
    {
        long first = from.Long();
        var items = new LinkItem[from.Count()];
        for (int i = 0; i < items.Length; i++) items[i] = LinkFormat.Read(ref from);
        return new PeerActor.Batch(first, items);
    }

    private static RegistrarActor.Enrolled ReadEnrolled(ref WireReader from)
    {
        Guid registrar = from.Uuid();
        NodeId node = from.Node();
        int total = from.Int();
        long latest = from.Long();
        var names = new (RegisteredName, Guid)[from.Count()];
        for (int i = 0; i < names.Length; i++) names[i] = (ReadName(ref from), from.Uuid());
        return new RegistrarActor.Enrolled(registrar, node, names, total, latest);
    }

    private static WireWriter Write(WireWriter to, RegisteredName name) => to.Byte((byte)name.Kind).Text(name.Name);

    private static RegisteredName ReadName(ref WireReader from)
    {
        byte kind = from.Byte();
        if (kind > (byte)NameKind.Service) throw new SerializationException($"no such kind of name: {kind}");
        return new RegisteredName((NameKind)kind, from.Text());
    }
}
