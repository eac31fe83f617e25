using Akka.Actor;

namespace Concierge.Actors.Files;

/// <summary>
/// Serves other nodes with the files of this node's clients: every transfer has an actor of its own, found by the name
/// that the other node gave the transfer.
/// </summary>
internal sealed class FilesActor(IFileStore? files) : UntypedActor
{
    /// <summary>So many transfers go on at a time. Each has a file open, and no more than one chunk on its way.</summary>
    internal const int MostTransfers = 512;

    public static Props Props(IFileStore? files) => Akka.Actor.Props.Create(() => new FilesActor(files));

    // What a transfer had done is undone as it stops, and the other node hears that there is no such transfer.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FileMessage.Request request when Context.Child(NameOf(request)) is var transfer && !transfer.IsNobody():
                transfer.Forward(request);
                break;
            case FileMessage.Open or FileMessage.Begin or FileMessage.Delete:
                Start((FileMessage.Request)message);
                break;
            case FileMessage.Close: break;
            case FileMessage.Request:
                Refuse(FileRefusal.Unavailable, "The transfer has been given up, as nothing was heard of it; try again.");
                break;
            default: Unhandled(message); break;
        }
    }

    private void Start(FileMessage.Request request)
    {
        if (files is null)
            Refuse(FileRefusal.NotFound, "The node that the client is connected to keeps no files.");
        else if (Context.GetChildren().Count() >= MostTransfers)
            Refuse(FileRefusal.Unavailable, $"More than {MostTransfers} transfers of files go on; try again later.");
        else
            Context.ActorOf(TransferActor.Props(files), NameOf(request)).Forward(request);
    }

    private static string NameOf(FileMessage.Request request) => request.Transfer.ToString("N");

    private void Refuse(FileRefusal why, string text) => Sender.Tell(new FileMessage.Refused(why, text));
}
