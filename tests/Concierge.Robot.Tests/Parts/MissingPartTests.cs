using System.Text.Json;

namespace Concierge.Robot.Tests.Parts;

public sealed class MissingPartTests : RobotTest
{
    public MissingPartTests() => Join(Ann);

    [Fact]
    public async Task Part_ThatIsMissing_IsLookedForAgain()
    {
        Send(Ann, "com_led", """{"state":true}""", "first");
        (await ResultAsync(Ann, "first")).ShouldBe((true, null));
        Hardware.HasLed = false;
        Hardware.Led.IsFailing = true;
        Send(Ann, "com_led", """{"state":false}""", "second");
        (await ResultAsync(Ann, "second")).Error!.ShouldContain("led is cut");
        await BroadcastAsync("status", it => Works(it) == false);
        Send(Ann, "com_led", """{"state":true}""", "third");
        (await ResultAsync(Ann, "third")).Error.ShouldBe("the led is out of order");

        Hardware.HasLed = true;
        Pass(2000);

        await BroadcastAsync("status", it => Works(it) == true);
        Send(Ann, "com_led", """{"state":true}""", "fourth");
        (await ResultAsync(Ann, "fourth")).ShouldBe((true, null));
    }

    private static bool? Works(JsonElement status) =>
        status.GetProperty("data").GetProperty("faults").EnumerateArray().Where(it => it.GetProperty("part").GetString() == "led")
            .Select(it => (bool?)it.GetProperty("working").GetBoolean()).FirstOrDefault();
}
