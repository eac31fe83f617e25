using System.Buffers.Binary;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class MaskingTests
{
    [Fact]
    public void Apply_AnyLengthAtAnyOffset_IsByteByByteXor()
    {
        byte[] key = [1, 2, 4, 8];
        for (int length = 0; length < 150; length++)
        {
            for (int offset = 0; offset < 9; offset++)
            {
                byte[] bytes = [.. Enumerable.Range(0, offset + length + 3).Select(i => (byte)(i * 31))];
                byte[] expected = [.. bytes];
                for (int i = 0; i < length; i++) expected[offset + i] ^= key[i % 4];

                Masking.Apply(bytes.AsSpan(offset, length), BinaryPrimitives.ReadUInt32LittleEndian(key));

                bytes.ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void Apply_InTwoParts_IsAsInOne()
    {
        const uint Key = 0x44332211;
        for (int cut = 0; cut <= 70; cut++)
        {
            byte[] whole = new byte[70], parts = new byte[70];
            uint after = Masking.Apply(whole, Key);

            uint between = Masking.Apply(parts.AsSpan(0, cut), Key);
            Masking.Apply(parts.AsSpan(cut), between).ShouldBe(after);

            parts.ShouldBe(whole);
        }
    }
}
