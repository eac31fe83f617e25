using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Sequence;

/// <summary>Which answer carries which number (protocol, section "Sequence numbers").</summary>
public sealed class SequenceNumberTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const string SelfFetch = """{"type":"SELF_FETCH"}""";

    [Fact]
    public async Task EveryTextFrame_CountsOne_WellFormedOrNot()
    {
        WireClient client = await Node.JoinAsync();

        await client.PipelineAsync([SelfFetch, "no json", "", """{"type":"NO_SUCH_TYPE"}""", """{"type":"MESSAGE"}""", SelfFetch]);

        (string, long)[] answers = await ReceiveAnswersAsync(client, 6);
        answers.ShouldBe(
        [
            ("SELF_FETCH_RESULT", 0), ("ERROR_PROTOCOL", 1), ("ERROR_PROTOCOL", 2), ("ERROR_UNSUPPORTED", 3), ("ERROR_PROTOCOL", 4), ("SELF_FETCH_RESULT", 5),
        ]);
    }

    [Fact]
    public async Task ThousandFramesInOneWrite_AreAnsweredInOrder()
    {
        WireClient client = await Node.JoinAsync();

        await client.PipelineAsync(Enumerable.Repeat(SelfFetch, 1000));

        (string, long)[] answers = await ReceiveAnswersAsync(client, 1000);
        answers.ShouldBe(Enumerable.Range(0, 1000).Select(seq => ("SELF_FETCH_RESULT", (long)seq)));
    }

    [Fact]
    public async Task BinaryFrame_IsRefusedWithoutNumber_AndNotCounted()
    {
        WireClient client = await Node.JoinAsync();
        (await client.AskAsync(SelfFetch)).GetProperty("seq").GetInt64().ShouldBe(0);

        await client.SendAsync(Opcode.Binary, [1, 2, 3]);
        var refusal = await client.ReceiveAsync();

        refusal.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "desc"], ignoreOrder: true);
        refusal.TypeOf().ShouldBe("ERROR_PROTOCOL");
        refusal.GetProperty("desc").GetString()!.ShouldContain("binary", Case.Insensitive);
        (await client.AskAsync(SelfFetch)).GetProperty("seq").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task ControlFrames_AreNotCounted()
    {
        WireClient client = await Node.JoinAsync();

        await client.SendAsync(Opcode.Ping, "1"u8);
        await client.SendAsync(Opcode.Pong, "2"u8);
        await client.SendAsync(SelfFetch);

        (await client.ReceiveAsync()).GetProperty("seq").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(41)]
    [InlineData(9007199254740993)]
    public async Task SetSeq_IsAnsweredWithTheNumberSet_AndTheNextFrameHasTheOneAfter(long seq)
    {
        WireClient client = await Node.JoinAsync();
        await client.AskAsync(SelfFetch);

        await client.SendAsync($$"""{"type":"SELF_SET_SEQ","seq":{{seq}}}""");

        await client.ExpectAsync(Payloads.Ok(seq));
        (await client.AskAsync(SelfFetch)).GetProperty("seq").GetInt64().ShouldBe(seq + 1);
    }

    [Fact]
    public async Task AfterTheLargestNumber_ComesZero()
    {
        WireClient client = await Node.JoinAsync();

        await client.PipelineAsync(["""{"type":"SELF_SET_SEQ","seq":9223372036854775806}""", SelfFetch, SelfFetch, "broken", SelfFetch]);

        (string, long)[] answers = await ReceiveAnswersAsync(client, 5);
        answers.ShouldBe(
        [
            ("OK", long.MaxValue - 1), ("SELF_FETCH_RESULT", long.MaxValue), ("SELF_FETCH_RESULT", 0), ("ERROR_PROTOCOL", 1), ("SELF_FETCH_RESULT", 2),
        ]);
    }

    [Fact]
    public async Task SetSeq_ToTheLargestNumber_MakesTheNextZero()
    {
        WireClient client = await Node.JoinAsync();

        await client.PipelineAsync(["""{"type":"SELF_SET_SEQ","seq":9223372036854775807}""", SelfFetch]);

        (await ReceiveAnswersAsync(client, 2)).ShouldBe([("OK", long.MaxValue), ("SELF_FETCH_RESULT", 0)]);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[7]")]
    public async Task SetSeq_ToWhatIsNoSuchNumber_IsRefused_AndTheCountGoesOn(string seq)
    {
        WireClient client = await Node.JoinAsync();

        var refusal = await client.AskAsync($$"""{"type":"SELF_SET_SEQ","seq":{{seq}}}""");

        refusal.TypeOf().ShouldBe("ERROR_PROTOCOL");
        refusal.GetProperty("seq").GetInt64().ShouldBe(0);
        refusal.GetProperty("desc").GetString()!.ShouldContain("seq");
        (await client.AskAsync(SelfFetch)).GetProperty("seq").GetInt64().ShouldBe(1);
    }

    private static async Task<(string Type, long Seq)[]> ReceiveAnswersAsync(WireClient client, int count)
    {
        var answers = new (string, long)[count];
        for (int i = 0; i < count; i++)
        {
            var answer = await client.ReceiveAsync();
            answers[i] = (answer.TypeOf(), answer.GetProperty("seq").GetInt64());
        }

        return answers;
    }
}
