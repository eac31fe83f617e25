using Concierge.Protocol;

namespace Concierge.Robot.Ros;

/// <summary>What rosbridge says (its protocol specification, version 2, sections 3.1 to 3.4).</summary>
internal abstract record RosOperation
{
    private RosOperation()
    {
    }

    /// <summary>A message of a topic (3.4.3).</summary>
    public sealed record Publish(string Topic, RawJson Message) : RosOperation;

    /// <summary>What a service returned (3.4.7).</summary>
    public sealed record ServiceResponse(string Id, bool Ok, RawJson Values) : RosOperation;

    /// <summary>Something that rosbridge wants to be known (3.3.2), about the operation of that id.</summary>
    public sealed record Status(string Level, string Message, string? Id) : RosOperation;

    /// <summary>A part of a larger operation (3.2.1).</summary>
    public sealed record Fragment(string Id, string Data, int Number, int Total) : RosOperation;

    /// <summary>What isn't understood: skipped.</summary>
    public sealed record Unknown(string What) : RosOperation;
}

/// <summary>Something came in.</summary>
internal sealed record RosIncoming(IRosConnection From, RosOperation Operation);

/// <summary>A connection ended, or (from null) could not be made.</summary>
internal sealed record RosClosed(IRosConnection? From, string Reason);

/// <summary>A connection to rosbridge. Thread-safe.</summary>
internal interface IRosConnection : IDisposable
{
    /// <summary>Queues an operation.</summary>
    /// <returns>False where too many wait, or the connection has ended: it is not sent then.</returns>
    bool Send(RawJson operation);

    /// <summary>Sends what is queued, and closes; takes no longer than a second, and never fails.</summary>
    Task CloseAsync();
}

/// <summary>Connects to rosbridge; <paramref name="tell"/> is told what comes in (<see cref="RosIncoming"/>) and of the end (<see cref="RosClosed"/>).</summary>
internal delegate Task<IRosConnection> RosDial(Configuration.RosSettings settings, Action<object> tell);
