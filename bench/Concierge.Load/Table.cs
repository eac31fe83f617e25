using System.Globalization;
using System.Text;

namespace Concierge.Load;

/// <summary>What came of a run.</summary>
/// <param name="DeliveriesPerSecond">Messages received, by all receivers together.</param>
/// <param name="Median">Latency in ms that half of the messages didn't exceed.</param>
/// <param name="Percentile99">Latency in ms that 99 % of the messages didn't exceed.</param>
/// <param name="Lost">Deliveries that were still missing 5 s after the last message was sent.</param>
/// <param name="OutOfOrder">Messages that came after a later one, or again.</param>
/// <param name="ServerCpu">Processors that the server used.</param>
/// <param name="GeneratorCpu">Processors that this program used.</param>
/// <param name="JoinsPerSecond">Clients that connected and identified themselves, for each second of that.</param>
/// <param name="MemoryPerConnection">Bytes by which the server's resident memory grew for each connection.</param>
internal sealed record Result(
    double DeliveriesPerSecond,
    double Median,
    double Percentile99,
    long Lost,
    long OutOfOrder,
    double ServerCpu,
    double GeneratorCpu,
    double JoinsPerSecond,
    double MemoryPerConnection)
{
    /// <summary>Deliveries for a second of one processor's time: what is left to compare where the machine has other work, too.</summary>
    public double DeliveriesPerCpuSecond => DeliveriesPerSecond / ServerCpu;
}

/// <summary>The results of all rounds, as medians; but what was lost or out of order in any round is shown.</summary>
internal sealed class Table
{
    private readonly Dictionary<(Scenario Scenario, Contender Contender), List<Result>> _rows = [];

    public void Add(Scenario scenario, Contender contender, Result result)
    {
        if (!_rows.TryGetValue((scenario, contender), out List<Result>? results)) _rows[(scenario, contender)] = results = [];
        results.Add(result);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine("| scenario | server | deliveries/s | per CPU second | p50 ms | p99 ms | lost | out of order | server CPU | generator CPU | joins/s | KiB/connection |")
            .AppendLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (((Scenario scenario, Contender contender), List<Result> rounds) in _rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {scenario.Title} | {contender.Name} | {Show(rounds, r => scenario.IsIdle ? double.NaN : r.DeliveriesPerSecond, "N0")} "
                + $"| {Show(rounds, r => scenario.IsIdle ? double.NaN : r.DeliveriesPerCpuSecond, "N0")} "
                + $"| {Show(rounds, r => r.Median, "F1")} | {Show(rounds, r => r.Percentile99, "F1")} "
                + $"| {rounds.Sum(r => r.Lost)} | {rounds.Sum(r => r.OutOfOrder)} "
                + $"| {Show(rounds, r => r.ServerCpu, "F2")} | {Show(rounds, r => r.GeneratorCpu, "F2")} "
                + $"| {Show(rounds, r => scenario.IsIdle ? r.JoinsPerSecond : double.NaN, "N0")} "
                + $"| {Show(rounds, r => scenario.IsIdle ? r.MemoryPerConnection / 1024 : double.NaN, "F1")} |");
        }
        return text.ToString();
    }

    private static string Show(List<Result> rounds, Func<Result, double> value, string format)
    {
        double[] values = [.. rounds.Select(value).Order()];
        double median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        return double.IsNaN(median) ? "–" : median.ToString(format, CultureInfo.InvariantCulture);
    }
}
