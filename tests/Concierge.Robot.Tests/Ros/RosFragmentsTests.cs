using Concierge.Robot.Ros;

namespace Concierge.Robot.Tests.Ros;

public class RosFragmentsTests
{
    private readonly RosFragments _fragments = new(mostBytes: 10);

    [Fact]
    public void Messages_MayBeMixed()
    {
        Add("a", "1", 0, 2).ShouldBeNull();
        Add("b", "x", 1, 2).ShouldBeNull();
        Add("a", "2", 1, 2).ShouldBe("12"u8.ToArray());
        Add("b", "y", 0, 2).ShouldBe("yx"u8.ToArray());
    }

    [Fact]
    public void Fragment_ThatComesTwice_CountsOnce()
    {
        Add("a", "1", 0, 2);
        Add("a", "1", 0, 2).ShouldBeNull();
        Add("a", "2", 1, 2).ShouldBe("12"u8.ToArray());
    }

    [Fact]
    public void Fragments_OverTheLimit_AreForgotten_TheOldestFirst()
    {
        Add("old", "12345", 0, 2);
        Add("new", "12345", 0, 2);
        Add("third", "1", 0, 2);

        Add("old", "6", 1, 2).ShouldBeNull();
        Add("new", "6", 1, 2).ShouldBe("123456"u8.ToArray());
    }

    [Fact]
    public void Message_LargerThanTheLimit_NeverBecomesWhole()
    {
        Add("a", "1234567", 0, 2).ShouldBeNull();
        Add("a", "1234567", 1, 2).ShouldBeNull();
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    [InlineData(0, int.MaxValue)]
    public void Fragment_ThatCannotBe_IsIgnored(int number, int total) => Add("a", "1", number, total).ShouldBeNull();

    private byte[]? Add(string id, string data, int number, int total) => _fragments.Add(new RosOperation.Fragment(id, data, number, total));
}
