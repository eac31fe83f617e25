using Concierge.Robot.Linux;

namespace Concierge.Robot.Tests.Linux;

/// <summary>A line that writes what is done to it into a list that several lines share.</summary>
internal sealed class FakeLine(string name, List<string> done) : IOutputLine, IPulse
{
    public bool IsFailing { get; set; }

    public void Set(bool high) => Do(high ? "high" : "low");

    public void Set(int percent) => Do($"{percent} %");

    public void Dispose() => done.Add($"{name} released");

    private void Do(string what)
    {
        if (IsFailing) throw new IOException($"{name} is cut");
        done.Add($"{name} {what}");
    }
}
