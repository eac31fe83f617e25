namespace Concierge.RobotBench;

/// <summary>Times as a line.</summary>
internal static class Percentiles
{
    public static string Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"p50 {At(0.5):0.000} ms  p99 {At(0.99):0.000} ms  max {milliseconds[^1]:0.000} ms  ({milliseconds.Count} samples)";

        double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
    }
}
