namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>
/// Keeps a test that waits for what never comes from hanging. No test depends on how long it is: what is waited for
/// comes at once, or not at all.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> For<T>(Task<T> awaited, string what, RunningProgram program)
    {
        await For((Task)awaited, what, program);
        return await awaited;
    }

    public static async Task For(Task awaited, string what, RunningProgram program)
    {
        try
        {
            await awaited.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds} s for {what}. The program's standard error:\n{program.Errors}");
        }
    }
}
