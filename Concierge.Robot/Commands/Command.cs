using System.Collections.Immutable;
using Concierge.Protocol;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Commands;

/// <summary>What a subscriber asks of the robot.</summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <summary>Whether only who has control may ask for it, and gets control by it where nobody has.</summary>
    public virtual bool NeedsControl => true;

    /// <summary>Turn motors: each that is named, at once.</summary>
    public sealed record Drive(ImmutableArray<KeyValuePair<string, Movement>> Movements) : Command;

    /// <summary>Switch the LED.</summary>
    public sealed record Led(bool On) : Command;

    /// <summary>Switch the buzzer.</summary>
    public sealed record Buzzer(bool On) : Command;

    /// <summary>Stop, whoever drives: anybody may.</summary>
    public sealed record Stop : Command
    {
        public override bool NeedsControl => false;
    }

    /// <summary>Be ready to be driven again after a stop.</summary>
    public sealed record ClearStop : Command;

    /// <summary>Something for a person to read.</summary>
    public sealed record Text(string Data) : Command
    {
        public override bool NeedsControl => false;
    }

    /// <summary>Publish on a ROS topic.</summary>
    /// <param name="Topic">The topic.</param>
    /// <param name="MessageType">Its type.</param>
    /// <param name="Message">The message.</param>
    /// <param name="Drives">Whether something moves by it.</param>
    public sealed record RosPublish(string Topic, string MessageType, RawJson Message, bool Drives) : Command
    {
        public override bool NeedsControl => Drives;
    }

    /// <summary>Call a ROS service.</summary>
    public sealed record RosCall(string Service, RawJson Arguments) : Command
    {
        public override bool NeedsControl => false;
    }

    /// <summary>What can't be done: it changes nothing.</summary>
    /// <param name="Error">Why not, and what was expected.</param>
    public sealed record Wrong(string Error) : Command
    {
        public override bool NeedsControl => false;
    }
}

/// <summary>A command, and whom its result is for.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Id">What the sender calls it; null where it gave it no id.</param>
/// <param name="What">The command.</param>
/// <param name="ReceivedAt">When it came in, as a timestamp.</param>
internal sealed record Order(ClientInfo From, RawJson? Id, Command What, long ReceivedAt);
