using System.Buffers.Binary;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Tests.Sensors;

public sealed class Bmp180Tests : IDisposable
{
    /// <summary>The worked example of the datasheet BST-BMP180-DS000-12, page 15.</summary>
    private static readonly Bmp180Calibration Example = new(408, -72, -14383, 32741, 32757, 23153, 6190, 4, -32768, -8711, 2868);

    private readonly FakeChip _chip = new();

    public Bmp180Tests()
    {
        _chip.Put(0xD0, 0x55);
        _chip.Put(0xAA, Bytes(408, -72, -14383, 32741, 32757, 23153, 6190, 4, -32768, -8711, 2868));
    }

    public void Dispose() => _chip.Dispose();

    [Fact]
    public void Compensate_GivesWhatTheDatasheetsExampleGives() => Example.Compensate(27898, 23843, 0).ShouldBe((150, 69964));

    [Theory]
    [InlineData(0, 4.5, 0x34)]
    [InlineData(1, 7.5, 0x74)]
    [InlineData(2, 13.5, 0xB4)]
    [InlineData(3, 25.5, 0xF4)]
    public async Task Measure_WaitsForEachConversion_AndReadsThem(int oversampling, double milliseconds, byte control)
    {
        var time = new ManualTime();
        using var sensor = new Bmp180(_chip, oversampling, time);
        // The chip's answers to both requests: the example's, with as many bits more as the oversampling gives.
        _chip.OnWrite = (_, value) => _chip.Put(0xF6, value == 0x2E ? Bytes(27898) : BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(23843 << 8))[1..]);

        var measuring = sensor.MeasureAsync(default).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(4.4));
        _chip.Written.ShouldBe([(0xF4, 0x2E)], "it is still converting");
        time.Advance(TimeSpan.FromMilliseconds(0.6));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds - 0.1));
        _chip.Written.ShouldBe([(0xF4, 0x2E), (0xF4, control)]);
        measuring.IsCompleted.ShouldBeFalse("it is still converting");
        time.Advance(TimeSpan.FromMilliseconds(0.6));

        (await measuring.InTime()).ToString().ShouldStartWith("""{"temperature":15,"pressure":""");
    }

    [Fact]
    public async Task Measure_OfTheExample_IsTheExamplesResult()
    {
        var time = new ManualTime();
        using var sensor = new Bmp180(_chip, 0, time);
        _chip.OnWrite = (_, value) => _chip.Put(0xF6, value == 0x2E ? Bytes(27898) : [0x5D, 0x23, 0x00]);

        var measuring = sensor.MeasureAsync(default).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(5));
        time.Advance(TimeSpan.FromMilliseconds(5));

        (await measuring.InTime()).ToString().ShouldBe("""{"temperature":15,"pressure":69964}""");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Calibration_ThatTheDatasheetRulesOut_IsAFault(short word)
    {
        _chip.Put(0xAA, Bytes(word));

        Should.Throw<IOException>(() => new Bmp180(_chip, 0, TimeProvider.System)).Message.ShouldContain("word 0");

        _chip.IsDisposed.ShouldBeTrue();
    }

    private static byte[] Bytes(params int[] words) => [.. words.SelectMany(word => new[] { (byte)(word >> 8), (byte)word })];
}
