using System.Buffers;
using System.Text;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Delivers the messages of one connection. One that can't be understood is logged and dropped. In untrusted mode, so is what could do harm:
/// selections other than of trusted paths, and <see cref="IPossiblyHarmful"/>. System messages aren't sent at all.
/// </summary>
internal sealed class InboundDispatcher(Remoting remoting, Address remote)
{
    private readonly Utf8Cache<IInternalActorRef> _recipients = new();
    private readonly Utf8Cache<IActorRef> _senders = new();
    private readonly Utf8Cache<string> _manifests = new();
    private readonly RootActorPath _remoteRoot = new(remote);

    private ActorSystemImpl System => remoting.System;

    /// <exception cref="ProtocolException">It isn't a message.</exception>
    internal void Dispatch(in ReadOnlySequence<byte> frame)
    {
        var reader = new SequenceReader<byte>(frame);
        if (!reader.TryRead(out var kind) || kind != Frame.Message || !reader.TryReadLittleEndian(out int serializer))
            throw new ProtocolException($"A frame of the kind {kind}; expected a message.");
        var recipient = Recipient(ReadText(ref reader));
        var sender = Sender(ReadText(ref reader));
        var manifest = Manifest(ReadText(ref reader));
        object message;
        try
        {
            message = System.Serialization.Deserialize(reader.UnreadSequence.ToArray(), serializer, manifest);
        }
        catch (Exception e)
        {
            remoting.Log.Warning(
                "A message from [{0}] to {1} is dropped, as serializer [{2}] can't read it (manifest [{3}]): {4}",
                remote, recipient, serializer, OneLine.Of(manifest), OneLine.Of(e.Message));
            return;
        }
        if (message is not null)
            Deliver(recipient, message, sender);
    }

    private void Deliver(IInternalActorRef recipient, object message, IActorRef sender)
    {
        if (message is ActorSelectionMessage selection)
        {
            if (IsTrusted(selection, recipient))
                ActorSelection.Deliver(recipient, selection, sender);
            return;
        }
        if (remoting.Settings.UntrustedMode && message is IPossiblyHarmful)
            remoting.Log.Debug("operating in UntrustedMode, dropping inbound IPossiblyHarmful message of type {0}", message.GetType());
        else
            recipient.Tell(message, sender);
    }

    private bool IsTrusted(ActorSelectionMessage selection, IActorRef anchor)
    {
        if (!remoting.Settings.UntrustedMode)
            return true;
        var path = "/" + string.Join('/', selection.Elements);
        if (remoting.Settings.TrustedSelectionPaths.Contains(path) && selection.Message is not IPossiblyHarmful && anchor.Equals(System.RootGuardian))
            return true;
        remoting.Log.Debug(
            "operating in UntrustedMode, dropping inbound actor selection to [{0}], allow it by adding the path to 'akka.remote.trusted-selection-paths' in configuration",
            OneLine.Of(path));
        return false;
    }

    private IInternalActorRef Recipient(ReadOnlySpan<byte> text)
    {
        if (_recipients.TryGet(text, out var known) && !known.IsTerminated)
            return known;
        if (!ActorPath.TryParse(System.RootPath, Encoding.UTF8.GetString(text), out var path))
            throw new ProtocolException("A recipient's path is malformed.");
        var found = System.LocalProvider.ResolveLocal(path);
        if (found is LocalActorRef)
            _recipients.Add(text, found);
        return found;
    }

    private IActorRef Sender(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return System.DeadLetterRef;
        if (_senders.TryGet(text, out var known))
            return known;
        var path = Encoding.UTF8.GetString(text);
        ActorPath parsed;
        if (!(text[0] == '/' ? ActorPath.TryParse(_remoteRoot, path, out parsed) : ActorPath.TryParse(path, out parsed)))
            throw new ProtocolException("A sender's path is malformed.");
        var sender = System.Provider.ResolveActorRef(parsed);
        // Who asks is gone after the answer; a local one is somebody else tomorrow.
        if (sender is RemoteActorRef && !text.StartsWith("/temp/"u8))
            _senders.Add(text, sender);
        return sender;
    }

    private string Manifest(ReadOnlySpan<byte> text)
    {
        if (!_manifests.TryGet(text, out var manifest))
            _manifests.Add(text, manifest = Encoding.UTF8.GetString(text));
        return manifest;
    }

    private static ReadOnlySpan<byte> ReadText(ref SequenceReader<byte> reader)
    {
        if (!reader.TryReadLittleEndian(out short signed) || (ushort)signed is var length && length > Frame.LongestText || !reader.TryReadExact((ushort)signed, out var text))
            throw new ProtocolException("A message's frame is malformed.");
        return text.IsSingleSegment ? text.FirstSpan : text.ToArray();
    }
}
