using Akka;

namespace Concierge.Robot;

/// <summary>Say goodbye to whomever you are connected to; answered with <see cref="Done"/>.</summary>
internal sealed class Leave
{
    public static readonly Leave Instance = new();
}
