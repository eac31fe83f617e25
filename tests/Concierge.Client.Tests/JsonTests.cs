using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class JsonTests
{
    [Fact]
    public void Of_Text_IsAJsonString() => Json.Of("say \"hi\"\n").ToElement().GetString().ShouldBe("say \"hi\"\n");

    [Fact]
    public void Of_Element_OutlivesItsDocument()
    {
        RawJson json;
        using (var document = JsonDocument.Parse("""{"a":[1,2]}"""))
            json = Json.Of(document.RootElement);

        json.ToString().ShouldBe("""{"a":[1,2]}""");
    }

    [Fact]
    public void Of_Value_ReadsBackAsTheSame() =>
        Json.Of(new Greeting("hello"), TestJson.Default.Greeting).To(TestJson.Default.Greeting).ShouldBe(new Greeting("hello"));

    [Fact]
    public void To_OfAnotherShape_Throws() =>
        Should.Throw<JsonException>(() => RawJson.From("[1]").To(TestJson.Default.Greeting));

    [Theory]
    [InlineData(" ")]
    [InlineData("hello")]
    [InlineData("1 2")]
    [InlineData("""1},"target":{"type":"ALL"}""")]
    public void Check_OfWhatIsNotOneValue_Throws(string text) =>
        Should.Throw<ArgumentException>(() => Json.Check(RawJson.From(text)));

    [Fact]
    public void Check_OfNothing_TakesItForNull() => Should.NotThrow(() => Json.Check(default));

    [Fact]
    public void Check_AtTheDepthThatFitsIntoAMessage_Passes()
    {
        Should.NotThrow(() => Json.Check(Nested(Limits.Depth - 1)));
        Should.Throw<ArgumentException>(() => Json.Check(Nested(Limits.Depth)));
    }

    private static RawJson Nested(int depth) => RawJson.From(new string('[', depth) + new string(']', depth));
}
