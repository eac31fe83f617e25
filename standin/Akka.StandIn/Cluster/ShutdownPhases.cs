using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// The cluster's part of a coordinated shutdown: say that this node leaves; wait until the leader has let it go, while what ran here moves elsewhere; say that
/// it is gone.
/// </summary>
internal static class ShutdownPhases
{
    internal static void AddTo(CoordinatedShutdown shutdown, Cluster cluster)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", () =>
            Unless(IsGone(cluster), cluster, () => cluster.Ask(new ClusterAction.LeaveSelf(), shutdown.Timeout(CoordinatedShutdown.PhaseClusterLeave))));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "wait-exiting", () =>
            Unless(IsGone(cluster) || cluster.State.Members.IsEmpty, cluster, () => cluster.SelfExiting.Task));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", () =>
            Unless(IsGone(cluster), cluster, () => cluster.Ask(new ClusterAction.ExitingCompleted(), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExitingDone))));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => Unless(false, cluster, () => cluster.Stopped));
    }

    private static bool IsGone(Cluster cluster) => cluster.IsTerminated || cluster.SelfMember.Status == MemberStatus.Down;

    private static async Task<Done> Unless(bool isGone, Cluster cluster, Func<Task> task)
    {
        if (!isGone)
            await (await Task.WhenAny(task(), cluster.Stopped).ConfigureAwait(false)).ConfigureAwait(false);
        return Done.Instance;
    }
}
