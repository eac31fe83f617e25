using System.Diagnostics.CodeAnalysis;
using Akka;
using Akka.Actor;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Links;

/// <summary>
/// The connection to the concierge: makes it, keeps it, and hosts the robot's service on it. What comes in goes to its
/// parent; what it is told to send, it sends. The SDK reconnects by itself; this actor starts over where that isn't enough.
/// </summary>
/// <remarks>
/// Two things don't wait for a mailbox: when the link is lost, and when somebody sends <c>com_stop</c>, the interlock trips on the SDK's
/// own thread. Outwards nothing piles up: while the concierge is slow only the latest of each kind of telemetry waits.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The cancellation holds nothing but memory, and is used after the end.")]
internal sealed class LinkActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly LinkContext _context;
    private readonly LinkQueue _queue = new();
    private readonly CancellationTokenSource _stop = new();
    private RobotService? _service;
    private bool _isSending;

    public LinkActor(LinkContext context) => _context = context;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    public static Props Props(LinkContext context) => Akka.Actor.Props.Create(() => new LinkActor(context));

    /// <inheritdoc/>
    protected override void PreStart() => Connect();

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _context.Interlock.Trip(StopReasons.LinkLost);
        if (_service is not null) Context.Parent.Tell(new Down("the link starts over"));
        _stop.Cancel();
        _ = LeaveAsync();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Broadcast it:
                _queue.Add(new Target.ToService(_context.Service), it.Data, it.Key);
                Pump();
                break;
            case Direct it:
                _queue.Add(new Target.ToServiceClient(_context.Service, it.Receiver), it.Data);
                Pump();
                break;
            case Sent:
                _isSending = false;
                Pump();
                break;
            case Connected it:
                OnConnected(it);
                break;
            case Status.Failure it:
                OnFailure(it.Cause);
                break;
            case Retry:
                Connect();
                break;
            case Up it:
                OnUp(it);
                break;
            case Leave:
                LeaveAsync().PipeTo(Sender, success: () => Done.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Connect()
    {
        if (_service is null) ConnectAsync(Self, Context.Parent).PipeTo(Self);
    }

    private async Task<Connected> ConnectAsync(IActorRef self, IActorRef robot)
    {
        var client = await ConciergeClient.ConnectAsync(_context.ClientOptions(RequestTimeout), client => Attach(client, self, robot), _stop.Token);
        var service = new RobotService(client, _context, robot);
        try
        {
            await service.StartAsync(_stop.Token);
            _stop.Token.ThrowIfCancellationRequested();
            return new Connected(service);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private void Attach(ConciergeClient client, IActorRef self, IActorRef robot)
    {
        client.Disconnected += (lost, _) =>
        {
            _context.Interlock.Trip(StopReasons.LinkLost);
            // Straight to the robot, as what subscribers do is told: who comes after this came after it.
            robot.Tell(new Down(lost.Reason.Message));
            if (!lost.WillRetry) self.Tell(new Status.Failure(lost.Reason));
            return default;
        };
        client.Reconnected += (back, _) =>
        {
            self.Tell(new Up(back.LostServices.IsEmpty));
            return default;
        };
        client.Faulted += (fault, _) =>
        {
            // A message for somebody who has just left is no trouble.
            if (fault.Kind != ClientFaultKind.Post) robot.Tell(new Trouble(fault.Exception.Message));
            return default;
        };
    }

    private void OnConnected(Connected it)
    {
        if (_service is not null)
        {
            // Two attempts, one of them from before a restart, have both succeeded.
            _ = it.Service.Client.DisposeAsync().AsTask();
            return;
        }

        _service = it.Service;
        _context.ResetRetry();
        OnUp(new Up(HasService: true));
    }

    private void OnUp(Up up)
    {
        if (!up.HasService)
            throw new ConciergeException($"The service '{_context.Service}' is another client's by now.");
        // It may be lost again by now: then the interlock tripped before this, and the connection says so.
        _context.Interlock.Clear(StopReasons.LinkLost);
        if (_service is null || _service.Client.State != ConnectionState.Connected)
        {
            _context.Interlock.Trip(StopReasons.LinkLost);
            return;
        }

        Context.Parent.Tell(up);
        Pump();
    }

    private void OnFailure(Exception fault)
    {
        if (fault is OperationCanceledException) return;
        if (fault is ConciergeClosedException { IsFinal: true } or ArgumentException)
        {
            _context.Refused(fault);
            return;
        }

        Context.Parent.Tell(new Trouble($"{fault.Message} Trying again."));
        Timers.StartSingleTimer(Retry.Instance, Retry.Instance, _context.NextRetry());
    }

    /// <summary>Sends what waits, until the SDK asks to wait.</summary>
    private void Pump()
    {
        while (!_isSending && _service is { Client: { State: ConnectionState.Connected } client } && _queue.TryTake(out var next))
        {
            var sending = SendAsync(client, next);
            if (sending.IsCompleted) continue;
            _isSending = true;
            sending.PipeTo(Self, success: () => Sent.Instance);
        }
    }

    /// <summary>Never fails: what is lost with a connection is of no use after it.</summary>
    private static async Task SendAsync(ConciergeClient client, LinkQueue.Entry entry)
    {
        try
        {
            await client.PostAsync(entry.Target, entry.Data);
        }
        catch (Exception e) when (e is ConciergeException or TimeoutException or ObjectDisposedException)
        {
            // The next telemetry says more than this one did.
        }
    }

    private async Task LeaveAsync()
    {
        if (_service is { } service) await service.Client.DisposeAsync();
    }

    /// <summary>Tell all subscribers.</summary>
    /// <param name="Key">What it replaces, where that still waits.</param>
    /// <param name="Data">What to say.</param>
    internal sealed record Broadcast(string Key, RawJson Data);

    /// <summary>Tell one client.</summary>
    internal sealed record Direct(Guid Receiver, RawJson Data);

    /// <summary>The link stands, and nobody is subscribed yet.</summary>
    /// <param name="HasService">Whether the robot's service stands.</param>
    internal sealed record Up(bool HasService);

    /// <summary>The link is lost, and with it all subscribers.</summary>
    internal sealed record Down(string Reason);

    /// <summary>A client subscribed.</summary>
    internal sealed record Joined(ClientInfo Client);

    /// <summary>A subscriber left.</summary>
    internal sealed record Left(Guid Client);

    /// <summary>Something for the log.</summary>
    internal sealed record Trouble(string Message);

    private sealed record Connected(RobotService Service);

    private sealed class Sent
    {
        public static readonly Sent Instance = new();
    }

    private sealed class Retry
    {
        public static readonly Retry Instance = new();
    }
}
