using Concierge.Node.Configuration;

namespace Concierge.Node.Tests.Configuration;

// A node's place in a cluster: short for Akka.NET's own settings, which win where they are given.
public class ClusterConfigurationTests
{
    [Fact]
    public void WithoutIt_ANodeIsAlone()
    {
        var settings = NodeSettings.Load([]);

        settings.Cluster.ShouldBeNull();
        settings.Hocon.HasPath("akka.cluster").ShouldBeFalse();
        settings.Hocon.HasPath("akka.remote").ShouldBeFalse();
    }

    [Fact]
    public void Options_BecomeAkkasSettings()
    {
        var hocon = Load("--cluster", "10.0.0.6:4053", "--seed", "10.0.0.5:4053", "--seed", "10.0.0.6:4053", "--role", "edge");

        hocon.GetString("akka.actor.provider").ShouldBe("cluster");
        hocon.GetString("akka.remote.dot-netty.tcp.hostname").ShouldBe("10.0.0.6");
        hocon.GetInt("akka.remote.dot-netty.tcp.port").ShouldBe(4053);
        hocon.GetStringList("akka.cluster.seed-nodes").ShouldBe(["akka.tcp://concierge@10.0.0.5:4053", "akka.tcp://concierge@10.0.0.6:4053"]);
        hocon.GetStringList("akka.cluster.roles").ShouldBe(["edge"]);
        hocon.GetBoolean("akka.remote.untrusted-mode").ShouldBeTrue();
    }

    [Fact]
    public void Files_ThatComeWithIt_StartASeedAndAWorker()
    {
        var seed = NodeSettings.Load(["--config", Shipped("seed.conf")]).Cluster!;
        var worker = NodeSettings.Load(["--config", Shipped("worker.conf")]).Cluster!;

        seed.Seeds.ShouldBe([seed.Address]);
        worker.Seeds.ShouldBe([seed.Address]);
        worker.Address.ShouldNotBe(seed.Address);
    }

    [Fact]
    public void WithTls_TheSeedsAreSoughtOverTls() =>
        Load("--cluster", "n:4053", "--seed", "n:4053", "--set", "akka.remote.dot-netty.tcp.enable-ssl=on")
            .GetStringList("akka.cluster.seed-nodes").ShouldBe(["akka.ssl.tcp://concierge@n:4053"]);

    [Fact]
    public void AkkasOwnSettings_Win() =>
        Load("--cluster", "n:4053", "--seed", "n:4053", "--set", "akka.cluster.split-brain-resolver.stable-after=9s")
            .GetTimeSpan("akka.cluster.split-brain-resolver.stable-after").ShouldBe(TimeSpan.FromSeconds(9));

    [Fact]
    public void TheLargestMessageOfAClient_FitsBetweenNodes() =>
        Load("--cluster", "n:4053", "--seed", "n:4053", "--set", "concierge.limits.frame-size=8MiB", "--set", "concierge.limits.outgoing-queue=32MiB")
            .GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size")!.Value.ShouldBeGreaterThan(8 * 1024 * 1024 + 64 * 1024);

    [Theory]
    [InlineData("concierge.cluster.address = 127.0.0.1 (--cluster)", "--cluster", "127.0.0.1", "--seed", "n:1")]
    [InlineData("concierge.cluster.address = 127.0.0.1:70000", "--cluster", "127.0.0.1:70000", "--seed", "n:1")]
    [InlineData("by which the other nodes reach this one", "--cluster", "0.0.0.0:4053", "--seed", "n:1")]
    [InlineData("concierge.cluster.seeds = a b:1 (--seed)", "--cluster", "n:4053", "--seed", "a b:1")]
    [InlineData("n:4053 to start a new cluster (--seed)", "--cluster", "n:4053")]
    [InlineData("as there are seeds or roles (--cluster)", "--seed", "n:4053")]
    public void WhatCannotWork_IsSaidSo(string said, params string[] args) =>
        Should.Throw<InvalidConfigurationException>(() => NodeSettings.Load(args)).Message.ShouldContain(said);

    private static Akka.Configuration.Config Load(params string[] args) => NodeSettings.Load(args).Hocon;

    private static string Shipped(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Concierge.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "hocon", name);
    }
}
