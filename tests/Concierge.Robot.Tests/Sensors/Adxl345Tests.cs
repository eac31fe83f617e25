using Concierge.Robot.Sensors;

namespace Concierge.Robot.Tests.Sensors;

public sealed class Adxl345Tests : IDisposable
{
    private readonly FakeChip _chip = new();

    public Adxl345Tests() => _chip.Put(0x00, 0xE5);

    public void Dispose() => _chip.Dispose();

    [Fact]
    public void Start_SetsFullResolutionAt16G_100Hz_AndMeasures()
    {
        _ = new Adxl345(_chip);

        _chip.Written.ShouldBe([(0x31, 0x0B), (0x2C, 0x0A), (0x2D, 0x08)]);
    }

    [Fact]
    public void Start_WithAnotherChip_FailsAndFreesTheBus()
    {
        _chip.Put(0x00, 0x12);

        Should.Throw<IOException>(() => new Adxl345(_chip)).Message.ShouldContain("0x12");

        _chip.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 0, 256, 0, 0)] // flat: 1 g is 256 steps of 3.9 mg
    [InlineData(-256, 0, 0, 90, 0)] // nose up
    [InlineData(256, 0, 0, -90, 0)] // nose down
    [InlineData(0, 256, 0, 0, 90)] // on its side
    [InlineData(0, 0, -256, 0, 180)] // on its back
    [InlineData(-128, 0, 222, 30, 0)]
    [InlineData(0, -181, 181, 0, -45)]
    public async Task Gravity_BecomesPitchAndRoll(short x, short y, short z, double pitch, double roll)
    {
        using var sensor = new Adxl345(_chip);
        _chip.Put(0x32, [.. BitConverter.GetBytes(x), .. BitConverter.GetBytes(y), .. BitConverter.GetBytes(z)]);

        var measured = await sensor.MeasureAsync(default);

        measured.ToString().ShouldBe($$"""{"pitch":{{pitch}},"roll":{{roll}}}""");
    }
}
