using System.Runtime.Serialization;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Files;
using Concierge.Actors.Nodes;
using Concierge.Actors.Nodes.Wire;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Nodes;

// What nodes tell each other survives the way; whatever else comes is refused, and costs nothing.
public class NodeMessageSerializerTests : TestKit
{
    private static readonly Guid Client = Guid.NewGuid(), Service = Guid.NewGuid();
    private static readonly NodeId Node = new("akka.tcp://concierge@10.0.0.5:4053", -17);
    private static readonly RegisteredName Name = new(NameKind.Service, "robot/Ünïcode-1");
    private static readonly NodeFigures Figures = new()
    {
        Node = Node,
        Name = "Ünïcode",
        Roles = ["seed", ""],
        Uptime = TimeSpan.FromDays(400),
        Connections = 10,
        Clients = 9,
        Services = 8,
        Rooms = 7,
        MessagesReceived = long.MaxValue,
        MessagesSent = 5,
        BytesReceived = 4,
        BytesSent = 3,
        OutboxBytes = 2,
    };

    private readonly NodeMessageSerializer _serializer;

    public NodeMessageSerializerTests() => _serializer = new NodeMessageSerializer((ExtendedActorSystem)Sys);

    public static TheoryData<object> Messages() =>
    [
        new PeersActor.Connect(Node),
        PeerActor.Connected.Instance,
        new PeerActor.Acknowledgement(long.MaxValue, true),
        new RegistrarActor.Enrol(Client),
        new RegistrarActor.Claim(Node, Name, Client),
        new RegistrarActor.Granted(Client, Name, 8),
        new RegistrarActor.Refused(Client, Node),
        new RegistrarActor.Release(Name, Client),
        new RegistrarActor.Check(Name, Client),
        new RegistrarActor.Checked(Name, Client, false),
        new FileMessage.Open(Service, Client, "a/Ünïcode b"),
        new FileMessage.Read(Service, long.MaxValue),
        new FileMessage.Begin(Service, Client, true),
        new FileMessage.Add(Service, ""),
        new FileMessage.Commit(Service),
        new FileMessage.Delete(Service, Client, false, "a"),
        new FileMessage.KeepAlive(Service),
        new FileMessage.Close(Service),
        new FileMessage.Opened(long.MaxValue, new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero).AddTicks(7)),
        new FileMessage.Begun(0),
        FileMessage.Done.Instance,
        new FileMessage.Refused(FileRefusal.Unavailable, "why"),
        NodeFigures.Request.Instance,
    ];

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void AMessage_SurvivesTheWay(object message) => Travel(message).ShouldBe(message);

    [Fact]
    public void Messages_SurviveTheWay_WithWhatTheirSenderSaidInADialect()
    {
        var messages = new LinkItem.Messages(new Destination.ToMembers("3"), [1, 2, 3], 2) { Native = new NativeFrames(DialectKind.Chatroom, [4, 5]) };
        var travelled = (LinkItem.Messages)Travel(new PeerActor.Batch(1, [messages])).Items.Single();

        travelled.Frames.ShouldBe(messages.Frames);
        travelled.Native!.Dialect.ShouldBe(DialectKind.Chatroom);
        travelled.Native.Frames.ShouldBe([4, 5]);
    }

    [Fact]
    public void TheNamesOfANode_SurviveTheWay()
    {
        var enrolled = new RegistrarActor.Enrolled(Client, Node, [(Name, Client), (new RegisteredName(NameKind.Client, "ann"), Service)], 7, 9);
        RegistrarActor.Enrolled travelled = Travel(enrolled);

        travelled.Names.ShouldBe(enrolled.Names);
        (travelled with { Names = enrolled.Names }).ShouldBe(enrolled);
    }

    [Fact]
    public void TheFiguresOfANode_SurviveTheWay()
    {
        NodeFigures travelled = Travel(Figures);

        travelled.Roles.ShouldBe(Figures.Roles);
        (travelled with { Roles = Figures.Roles }).ShouldBe(Figures);
    }

    [Fact]
    public void FiguresThatNoNodeHas_AreRefused()
    {
        byte[] bytes = _serializer.ToBinary(Figures with { BytesSent = -1 });

        Should.Throw<SerializationException>(() => _serializer.FromBinary(bytes, _serializer.Manifest(Figures))).Message.ShouldContain("-1");
    }

    [Fact]
    public void EveryItemOfALink_SurvivesTheWay()
    {
        var key = FileKey.Create(Client);
        LinkItem[] items =
        [
            Changed(new Change.Joined(new ClientInfo("ann", null, Client, ["a", ""]), key, 1)),
            Changed(new Change.Joined(new ClientInfo("ann", "Ann", Client, []), key, 2)),
            Changed(new Change.Left(Client)),
            Changed(new Change.Renamed(Client, "")),
            Changed(new Change.Renamed(Client, null)),
            Changed(new Change.Created(Client, Service, "news", "News", 3)),
            Changed(new Change.Deleted(Client, Service)),
            Changed(new Change.Subscribed(Client, Service)),
            Changed(new Change.Unsubscribed(Client, Service)),
            Changed(new Change.Entered(Client, "r")),
            Changed(new Change.Quit(Client, "r")),
            new LinkItem.Complete(5),
            new LinkItem.Lost(),
            new LinkItem.Drain("somebody"),
            new LinkItem.Disconnect(new Destination.ToMembers("r"), CloseCode.GoingAway, "why"),
        ];
        var messages = new LinkItem.Messages(new Destination.ToSubscribers(Service), [1, 2, 3], 3);
        PeerActor.Batch travelled = Travel(new PeerActor.Batch(42, [.. items, messages]));

        travelled.First.ShouldBe(42);
        travelled.Items.Take(items.Length).Select(Unkeyed).ShouldBe(items.Select(Unkeyed));
        ((Change.Joined)((LinkItem.Changed)travelled.Items[0]).What).FileKey.Matches(key.Reveal()).ShouldBeTrue();
        var frames = travelled.Items[^1].ShouldBeOfType<LinkItem.Messages>();
        frames.Frames.ShouldBe(messages.Frames);
        (frames with { Frames = messages.Frames }).ShouldBe(messages);
    }

    [Fact]
    public void ThePartsOfAFile_SurviveTheWay()
    {
        byte[] bytes = [.. Enumerable.Range(0, FileMessage.ChunkSize).Select(i => (byte)i)];
        Travel(new FileMessage.Append(Service, bytes)).Bytes.ShouldBe(bytes);
        Travel(new FileMessage.Chunk(bytes)).Bytes.ShouldBe(bytes);
        Travel(new FileMessage.Chunk([])).Bytes.ShouldBeEmpty();
    }

    [Fact]
    public void AMessageAboutFiles_WithWhatCannotBe_IsRefused()
    {
        byte[] length = _serializer.ToBinary(new FileMessage.Read(Service, -1)), size = _serializer.ToBinary(new FileMessage.Begun(-1));
        byte[] moment = [.. _serializer.ToBinary(new FileMessage.Opened(1, default))[..^8], .. BitConverter.GetBytes(long.MaxValue)];
        byte[] why = _serializer.ToBinary(new FileMessage.Refused((FileRefusal)200, "why"));
        byte[] kind = [.. _serializer.ToBinary(FileMessage.Done.Instance).Select(_ => (byte)99)];
        foreach (byte[] bytes in (byte[][])[length, size, moment, why, kind])
            Should.Throw<SerializationException>(() => _serializer.FromBinary(bytes, _serializer.Manifest(FileMessage.Done.Instance)));
    }

    [Fact]
    public void Bytes_CutShortAnywhere_AreRefused()
    {
        var batch = new PeerActor.Batch(1,
        [
            Changed(new Change.Joined(new ClientInfo("ann", "Ann", Client, ["x"]), FileKey.Create(Client), 4)),
            new LinkItem.Messages(new Destination.ToClient(Client), [1, 2, 3], 1),
        ]);
        byte[] bytes = _serializer.ToBinary(batch);
        for (int length = 0; length < bytes.Length; length++)
            Should.Throw<SerializationException>(() => _serializer.FromBinary(bytes[..length], _serializer.Manifest(batch)));
        Should.Throw<SerializationException>(() => _serializer.FromBinary([.. bytes, 0], _serializer.Manifest(batch)));
    }

    [Fact]
    public void RandomBytes_AreRefused_WithNothingButASerializationException()
    {
        var random = new Random(7);
        foreach (string manifest in (string[])["c", "C", "b", "a", "e", "E", "n", "g", "r", "R", "h", "H", "f"])
        {
            for (int i = 0; i < 500; i++)
            {
                byte[] bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                // A kind that there is, more often than not.
                if (bytes.Length > 0) bytes[0] %= 20;
                try
                {
                    _serializer.FromBinary(bytes, manifest).ShouldBeAssignableTo<INodeMessage>();
                }
                catch (SerializationException)
                {
                    // As it should.
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("System.String, mscorlib")]
    public void AnUnknownManifest_IsRefused(string manifest) =>
        Should.Throw<SerializationException>(() => _serializer.FromBinary([], manifest)).Message.ShouldContain($"'{manifest}'");

    [Fact]
    public void AnythingElse_IsNotWritten() => Should.Throw<SerializationException>(() => _serializer.Manifest("text"));

    private static LinkItem.Changed Changed(Change change) => new(3, change);

    // Keys are compared by nothing but Matches.
    private static LinkItem Unkeyed(LinkItem item) =>
        item is LinkItem.Changed { What: Change.Joined joined } changed ? changed with { What = joined with { FileKey = default } } : item;

    private T Travel<T>(T message)
        where T : class => (T)_serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message));
}
