using System.Buffers.Binary;

namespace Concierge.Robot.Sensors;

/// <summary>
/// What a BMP085 or BMP180 was calibrated with in the factory, and the integer arithmetic that it is for (datasheet
/// BST-BMP180-DS000-12, page 15, "Calculating pressure and temperature"; names are the datasheet's).
/// </summary>
internal sealed record Bmp180Calibration(
    short Ac1, short Ac2, short Ac3, ushort Ac4, ushort Ac5, ushort Ac6, short B1, short B2, short Mb, short Mc, short Md)
{
    /// <summary>Eleven words, big-endian, from register 0xAA on.</summary>
    public const int Size = 22;

    /// <exception cref="IOException">A word is 0 or 0xFFFF, which the datasheet rules out: the bus is disturbed.</exception>
    public static Bmp180Calibration Read(ReadOnlySpan<byte> bytes)
    {
        Span<ushort> words = stackalloc ushort[Size / 2];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
            if (words[i] is 0 or 0xFFFF)
                throw new IOException($"the barometer's calibration can't be read: word {i} is 0x{words[i]:x4}");
        }

        return new Bmp180Calibration(
            (short)words[0], (short)words[1], (short)words[2], words[3], words[4], words[5],
            (short)words[6], (short)words[7], (short)words[8], (short)words[9], (short)words[10]);
    }

    /// <summary>Makes units of what the chip measured.</summary>
    /// <param name="ut">The uncompensated temperature.</param>
    /// <param name="up">The uncompensated pressure.</param>
    /// <param name="oss">The oversampling that it was measured with.</param>
    /// <returns>The temperature in tenths of °C, and the pressure in Pa.</returns>
    /// <exception cref="IOException">No chip measures that: the bus is disturbed.</exception>
    public (int Temperature, int Pressure) Compensate(int ut, int up, int oss)
    {
        var x1 = (ut - Ac6) * Ac5 >> 15;
        if (x1 + Md == 0) throw new IOException($"the barometer gave a temperature that can't be: {ut}");
        var x2 = (Mc << 11) / (x1 + Md);
        var b5 = x1 + x2;
        var temperature = (b5 + 8) >> 4;

        var b6 = b5 - 4000;
        x1 = (B2 * (b6 * b6 >> 12)) >> 11;
        x2 = Ac2 * b6 >> 11;
        var b3 = ((((Ac1 * 4) + x1 + x2) << oss) + 2) / 4;
        x1 = Ac3 * b6 >> 13;
        x2 = (B1 * (b6 * b6 >> 12)) >> 16;
        var x3 = (x1 + x2 + 2) >> 2;
        var b4 = Ac4 * (uint)(x3 + 32768) >> 15;
        var b7 = unchecked((uint)(up - b3) * (50000u >> oss));
        if (b4 == 0) throw new IOException($"the barometer gave a pressure that can't be: {up}");
        var p = (int)(b7 < 0x80000000 ? b7 * 2 / b4 : b7 / b4 * 2);
        x1 = (p >> 8) * (p >> 8);
        x1 = x1 * 3038 >> 16;
        x2 = -7357 * p >> 16;
        return (temperature, p + ((x1 + x2 + 3791) >> 4));
    }
}
