using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Concierge.Robot.Linux;

namespace Concierge.Robot.Tests.Linux;

/// <summary>Layouts and numbers against the kernel's own headers, as the C compiler of this machine sees them.</summary>
public class KernelHeaderTests
{
    [GccFact]
    public async Task Gpio_IsLaidOutAsTheHeaderSays() => (await FromCAsync(
        ["linux/gpio.h"],
        [
            "GPIO_V2_GET_LINE_IOCTL", "GPIO_V2_LINE_SET_VALUES_IOCTL", "GPIO_V2_LINE_FLAG_OUTPUT", "GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES",
            "GPIO_V2_LINES_MAX", "GPIO_MAX_NAME_SIZE", "GPIO_V2_LINE_NUM_ATTRS_MAX",
            "sizeof(struct gpio_v2_line_values)", "offsetof(struct gpio_v2_line_values, mask)",
            "sizeof(struct gpio_v2_line_attribute)", "offsetof(struct gpio_v2_line_attribute, values)",
            "sizeof(struct gpio_v2_line_config_attribute)", "offsetof(struct gpio_v2_line_config_attribute, mask)",
            "sizeof(struct gpio_v2_line_config)", "offsetof(struct gpio_v2_line_config, num_attrs)", "offsetof(struct gpio_v2_line_config, attrs)",
            "sizeof(struct gpio_v2_line_request)", "offsetof(struct gpio_v2_line_request, consumer)", "offsetof(struct gpio_v2_line_request, config)",
            "offsetof(struct gpio_v2_line_request, num_lines)", "offsetof(struct gpio_v2_line_request, fd)",
        ])).ShouldBe(
        [
            GpioAbi.GetLine, GpioAbi.LineSetValues, GpioAbi.FlagOutput, GpioAbi.AttrIdOutputValues,
            GpioAbi.LinesMax, GpioAbi.MaxNameSize, GpioAbi.NumAttrsMax,
            Size<GpioAbi.LineValues>(), Offset<GpioAbi.LineValues>("Mask"),
            Size<GpioAbi.LineAttribute>(), Offset<GpioAbi.LineAttribute>("Values"),
            Size<GpioAbi.LineConfigAttribute>(), Offset<GpioAbi.LineConfigAttribute>("Mask"),
            Size<GpioAbi.LineConfig>(), Offset<GpioAbi.LineConfig>("NumAttrs"), Offset<GpioAbi.LineConfig>("Attrs"),
            Size<GpioAbi.LineRequest>(), Offset<GpioAbi.LineRequest>("Consumer"), Offset<GpioAbi.LineRequest>("Config"),
            Offset<GpioAbi.LineRequest>("NumLines"), Offset<GpioAbi.LineRequest>("Fd"),
        ]);

    [GccFact]
    public async Task I2c_IsLaidOutAsTheHeadersSay() => (await FromCAsync(
        ["linux/i2c.h", "linux/i2c-dev.h"],
        [
            "I2C_SLAVE", "I2C_SMBUS", "I2C_SMBUS_READ", "I2C_SMBUS_WRITE", "I2C_SMBUS_BYTE_DATA", "I2C_SMBUS_I2C_BLOCK_DATA", "I2C_SMBUS_BLOCK_MAX",
            "sizeof(union i2c_smbus_data)", "offsetof(union i2c_smbus_data, block)",
            "sizeof(struct i2c_smbus_ioctl_data)", "offsetof(struct i2c_smbus_ioctl_data, command)",
            "offsetof(struct i2c_smbus_ioctl_data, size)", "offsetof(struct i2c_smbus_ioctl_data, data)",
        ])).ShouldBe(
        [
            I2cAbi.Slave, I2cAbi.Smbus, I2cAbi.SmbusRead, I2cAbi.SmbusWrite, I2cAbi.SmbusByteData, I2cAbi.SmbusI2cBlockData, I2cAbi.SmbusBlockMax,
            Size<I2cAbi.SmbusData>(), 0,
            Size<I2cAbi.SmbusIoctlData>(), Offset<I2cAbi.SmbusIoctlData>("Command"),
            Offset<I2cAbi.SmbusIoctlData>("Size"), Offset<I2cAbi.SmbusIoctlData>("Data"),
        ]);

    private static ulong Size<T>() => (ulong)Unsafe.SizeOf<T>();

    private static ulong Offset<T>(string field) => (ulong)Marshal.OffsetOf<T>(field);

    /// <summary>What expressions come to in C.</summary>
    private static async Task<ulong[]> FromCAsync(string[] headers, string[] expressions)
    {
        var folder = Directory.CreateTempSubdirectory("concierge-headers-");
        try
        {
            var program = Path.Combine(folder.FullName, "values");
            var source = $$"""
                #include <stddef.h>
                #include <stdio.h>
                {{string.Join('\n', headers.Select(header => $"#include <{header}>"))}}
                int main(void) {
                {{string.Join('\n', expressions.Select(expression => $"printf(\"%llu\\n\", (unsigned long long)({expression}));"))}}
                return 0;
                }
                """;
            await File.WriteAllTextAsync($"{program}.c", source);
            await RunAsync("gcc", "-Wall", "-Werror", "-o", program, $"{program}.c");
            return [.. (await RunAsync(program)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    /// <summary>Skipped only where there is no compiler, or it has no headers of the kernel's.</summary>
    private sealed class GccFactAttribute : FactAttribute
    {
        public GccFactAttribute()
        {
            var hasGcc = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "gcc")));
            if (!hasGcc || !File.Exists("/usr/include/linux/gpio.h") || !File.Exists("/usr/include/linux/i2c-dev.h"))
                Skip = "needs gcc and the kernel's headers (Debian: apt-get install gcc libc6-dev)";
        }
    }
}
