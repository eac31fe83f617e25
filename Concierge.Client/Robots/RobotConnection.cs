using System.Collections.Concurrent;
using System.Collections.Immutable;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// A robot, seen and driven by a client: its telemetry as typed events, its commands as calls that return its answer, and
/// <see cref="StartDriving"/> for driving it as long as somebody holds the stick.
/// </summary>
/// <remarks>
/// Thread-safe. Events are handled as those of the client are: one at a time, in order, on threads of the pool. A robot tells
/// a newcomer the latest of everything at once: handlers attached in the <c>attach</c> argument of <see cref="ConnectAsync"/> miss none
/// of it. After a reconnect of either side telemetry goes on by itself; what was under way fails.
/// </remarks>
public sealed class RobotConnection : IAsyncDisposable
{
    private const string Prefix = "robot/";

    private static long _lastId;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<CommandResult>> _unanswered = new();
    private readonly Target.ToService _target;

    private RobotConnection(ConciergeClient client, string id)
    {
        Client = client;
        Id = id;
        _target = new Target.ToService(Prefix + id);
    }

    /// <summary>Anything that the robot told, of whatever kind, before the events for its kind.</summary>
    public event ConciergeHandler<RobotTelemetry>? TelemetryReceived;

    /// <summary>How it lies, several times a second.</summary>
    public event ConciergeHandler<RobotOrientation>? OrientationReceived;

    /// <summary>The air around it, about once a second.</summary>
    public event ConciergeHandler<RobotClimate>? ClimateReceived;

    /// <summary>What its motors do, on every change.</summary>
    public event ConciergeHandler<IReadOnlyDictionary<string, MotorState>>? MotorsChanged;

    /// <summary>How it is, every few seconds and on every change.</summary>
    public event ConciergeHandler<RobotStatus>? StatusReceived;

    /// <summary>A message of a ROS topic that it passes on.</summary>
    public event ConciergeHandler<RosMessage>? RosReceived;

    /// <summary>It refused a command that nobody waits for, such as one of <see cref="RobotDrive"/>: somebody else has control, or it is stopped.</summary>
    public event ConciergeHandler<CommandResult>? Refused;

    /// <summary>The client that it is seen through. Not disposed of.</summary>
    public ConciergeClient Client { get; }

    /// <summary>The robot's id.</summary>
    public string Id { get; }

    /// <summary>Asks which robots there are: new ones, and those of the older dialect.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public static async Task<ImmutableArray<RobotInfo>> FindAsync(ConciergeClient client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var services = await client.FetchServicesAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. services
                .Where(service => service.Name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(service => new RobotInfo(service.Name[Prefix.Length..], service.Nickname ?? service.Name[Prefix.Length..], service))
                .OrderBy(robot => robot.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Subscribes to a robot.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The robot's id, as <see cref="FindAsync"/> gives it.</param>
    /// <param name="attach">Called before anything can be missed, to attach handlers; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the client may be subscribed.</param>
    /// <exception cref="RequestRefusedException">There is no such robot.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public static async Task<RobotConnection> ConnectAsync(
        ConciergeClient client, string id, Action<RobotConnection>? attach = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(id);
        var robot = new RobotConnection(client, id);
        attach?.Invoke(robot);
        client.MessageReceived += robot.OnMessageAsync;
        client.Disconnected += robot.OnDisconnected;
        try
        {
            await client.SubscribeAsync(robot._target.Service, cancellationToken).ConfigureAwait(false);
            return robot;
        }
        catch
        {
            robot.Detach();
            throw;
        }
    }

    /// <summary>Starts to drive: nothing moves until something is held. Dispose of what it returns to stop.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RobotDrive StartDriving(RobotDriveOptions? options = null) => new(this, options ?? new RobotDriveOptions());

    /// <summary>Turns motors, once: the robot stops them by itself when no further command follows within half a second or so.</summary>
    /// <param name="motors">What each of them shall do; those that are not named are let be.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <inheritdoc cref="CommandAsync" path="/returns"/>
    /// <inheritdoc cref="CommandAsync" path="/exception"/>
    public Task<CommandResult> TurnAsync(IReadOnlyDictionary<string, MotorState> motors, CancellationToken cancellationToken = default) =>
        CommandAsync(RobotCommands.Motor, Motors(motors), cancellationToken);

    /// <summary>Switches the LED.</summary>
    /// <param name="on">On or off.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <inheritdoc cref="CommandAsync" path="/returns"/>
    /// <inheritdoc cref="CommandAsync" path="/exception"/>
    public Task<CommandResult> SetLedAsync(bool on, CancellationToken cancellationToken = default) =>
        CommandAsync(RobotCommands.Led, State(on), cancellationToken);

    /// <summary>Switches the buzzer.</summary>
    /// <param name="on">On or off.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <inheritdoc cref="CommandAsync" path="/returns"/>
    /// <inheritdoc cref="CommandAsync" path="/exception"/>
    public Task<CommandResult> SetBuzzerAsync(bool on, CancellationToken cancellationToken = default) =>
        CommandAsync(RobotCommands.Buzzer, State(on), cancellationToken);

    /// <summary>Stops the robot, whoever drives it, until <see cref="ClearEmergencyStopAsync"/>.</summary>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <inheritdoc cref="CommandAsync" path="/returns"/>
    /// <inheritdoc cref="CommandAsync" path="/exception"/>
    public Task<CommandResult> EmergencyStopAsync(CancellationToken cancellationToken = default) =>
        CommandAsync(RobotCommands.Stop, State(true), cancellationToken);

    /// <summary>Lets the robot be driven again after a stop.</summary>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <inheritdoc cref="CommandAsync" path="/returns"/>
    /// <inheritdoc cref="CommandAsync" path="/exception"/>
    public Task<CommandResult> ClearEmergencyStopAsync(CancellationToken cancellationToken = default) =>
        CommandAsync(RobotCommands.Stop, State(false), cancellationToken);

    /// <summary>Sends a command with an id, and waits for what the robot answers.</summary>
    /// <param name="type">What is asked for, such as one of <see cref="RobotCommands"/>.</param>
    /// <param name="data">With what.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the command may be carried out.</param>
    /// <returns>The robot's answer. A refusal is one, too: see <see cref="CommandResult.Ok"/>.</returns>
    /// <exception cref="RequestRefusedException">The robot is gone.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>; robots of the older kind give none.</exception>
    public async Task<CommandResult> CommandAsync(string type, RawJson data, CancellationToken cancellationToken = default)
    {
        var id = $"c{Interlocked.Increment(ref _lastId)}";
        var answered = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[id] = answered;
        try
        {
            await Client.SendAsync(_target, RobotMessages.Command(type, data, id), cancellationToken).ConfigureAwait(false);
            return await answered.Task.WaitAsync(Client.RequestTimeout, Client.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The robot '{Id}' did not answer {type} within {Client.RequestTimeout}.", e);
        }
        finally
        {
            _unanswered.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a command that gets no answer unless it is refused, which <see cref="Refused"/> tells.</summary>
    /// <param name="type">What is asked for, such as one of <see cref="RobotCommands"/>.</param>
    /// <param name="data">With what.</param>
    /// <param name="cancellationToken">Stops waiting for the concierge.</param>
    /// <exception cref="RequestRefusedException">The robot is gone.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the concierge confirmed.</exception>
    /// <exception cref="TimeoutException">Not confirmed within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public Task SendAsync(string type, RawJson data, CancellationToken cancellationToken = default) =>
        Client.SendAsync(_target, RobotMessages.Command(type, data, id: null), cancellationToken);

    /// <summary>Ends the subscription, where there is a connection, and with it this client's control. The client stays.</summary>
    public async ValueTask DisposeAsync()
    {
        Detach();
        try
        {
            await Client.UnsubscribeAsync(_target.Service).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConciergeException or TimeoutException or ObjectDisposedException)
        {
            // Without a robot or a connection there is no subscription to end.
        }
    }

    internal static RawJson Motors(IReadOnlyDictionary<string, MotorState> motors) =>
        Json.Of(motors.ToImmutableSortedDictionary(StringComparer.Ordinal), RobotJson.Default.ImmutableSortedDictionaryStringMotorState);

    private static RawJson State(bool on) => RawJson.From(on ? """{"state":true}""" : """{"state":false}""");

    private void Detach()
    {
        Client.MessageReceived -= OnMessageAsync;
        Client.Disconnected -= OnDisconnected;
    }

    private ValueTask OnDisconnected(Disconnection lost, CancellationToken cancellationToken)
    {
        foreach (var answered in _unanswered.Values) answered.TrySetException(lost.Reason);
        return default;
    }

    private async ValueTask OnMessageAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        // The robot says things to all through its service, and to one through it, too.
        var service = message.Target switch { Target.ToService it => it.Service, Target.ToServiceClient it => it.Service, _ => null };
        if (service != _target.Service) return;
        if (!RobotMessages.TryRead(message.Data, out var kind, out var told)) return;
        if (told is RobotMessages.Result result)
        {
            if (result.Id is null) await RaiseAsync(Refused, result.What, cancellationToken).ConfigureAwait(false);
            else if (_unanswered.TryRemove(result.Id, out var answered)) answered.TrySetResult(result.What);
            return;
        }

        await RaiseAsync(TelemetryReceived, new RobotTelemetry(kind, message.Data), cancellationToken).ConfigureAwait(false);
        switch (told)
        {
            case RobotOrientation it: await RaiseAsync(OrientationReceived, it, cancellationToken).ConfigureAwait(false); break;
            case RobotClimate it: await RaiseAsync(ClimateReceived, it, cancellationToken).ConfigureAwait(false); break;
            case RobotStatus it: await RaiseAsync(StatusReceived, it, cancellationToken).ConfigureAwait(false); break;
            case RosMessage it: await RaiseAsync(RosReceived, it, cancellationToken).ConfigureAwait(false); break;
            case IReadOnlyDictionary<string, MotorState> it: await RaiseAsync(MotorsChanged, it, cancellationToken).ConfigureAwait(false); break;
        }
    }

    private static async ValueTask RaiseAsync<T>(ConciergeHandler<T>? handlers, T occurrence, CancellationToken cancellationToken)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
            await handler(occurrence, cancellationToken).ConfigureAwait(false);
    }
}
