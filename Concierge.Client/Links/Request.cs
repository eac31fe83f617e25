using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// One frame of the client's, from when it is queued until it is answered or given up. <see cref="Seq"/> and
/// <see cref="IsAbandoned"/> are used under the lock of the <see cref="Link"/> that it belongs to.
/// </summary>
/// <param name="subject">What is asked, for people; see <see cref="ToString"/>.</param>
/// <param name="frame">The frame.</param>
/// <param name="awaited">Whether somebody waits for the answer.</param>
internal sealed class Request(object subject, FrameBuffer frame, bool awaited)
{
    private readonly TaskCompletionSource<ServerPayload>? _answer =
        awaited ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    /// <summary>The frame, which whoever takes the request from the queue disposes of.</summary>
    public FrameBuffer Frame => frame;

    /// <summary>The frame's number; null until it is about to be sent.</summary>
    public long? Seq { get; set; }

    /// <summary>Whether whoever waited for the answer gave up.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Whether somebody waits for the answer.</summary>
    public bool IsAwaited => _answer is not null;

    /// <summary>Completes with the answer, or fails when the link ends.</summary>
    /// <exception cref="InvalidOperationException">Nobody was to wait for it.</exception>
    public Task<ServerPayload> Answered => _answer?.Task ?? throw new InvalidOperationException("A posted message has no answer to wait for.");

    public void Answer(ServerPayload answer) => _answer?.TrySetResult(answer);

    public void Fail(ConciergeClosedException reason)
    {
        if (_answer is null)
            return;

        _answer.TrySetException(new ConciergeClosedException($"{this} was not answered: {reason.Message}", reason.Code, reason));
        _ = _answer.Task.Exception; // Seen: who waited may have given up at this very moment.
    }

    public override string ToString() => subject is Target ? $"MESSAGE to {subject}" : subject.ToString()!;
}
