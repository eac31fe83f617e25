using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;

namespace Concierge.Actors.Tests.Directory;

public class FileKeyTests
{
    [Fact]
    public void Create_MakesAnotherKeyEveryTime_AlwaysOfItsClient()
    {
        Guid client = Guid.NewGuid();
        string one = FileKey.Create(client).Reveal(), two = FileKey.Create(client).Reveal();

        two.ShouldNotBe(one);
        FileKey.TryReadOwner(one, out Guid owner).ShouldBeTrue();
        owner.ShouldBe(client);
        FileKey.TryReadOwner(two, out owner).ShouldBeTrue();
        owner.ShouldBe(client);
    }

    [Fact]
    public void Key_HasAtLeast128RandomBits_InTheLettersOfAUrl()
    {
        string key = FileKey.Create(Guid.Empty).Reveal();

        key.ShouldMatch("^[A-Za-z0-9_-]+$");
        (key.Length * 6).ShouldBeGreaterThanOrEqualTo(16 * 8 + 128);
    }

    [Fact]
    public void Matches_ItselfAndNoOther()
    {
        Guid client = Guid.NewGuid();
        FileKey key = FileKey.Create(client);

        key.Matches(key.Reveal()).ShouldBeTrue();
        key.Matches(FileKey.Create(client).Reveal()).ShouldBeFalse();
        key.Matches(client.ToString()).ShouldBeFalse();
        key.Matches("").ShouldBeFalse();
    }

    [Fact]
    public void Matches_NoKeyWithASingleLetterChanged()
    {
        FileKey key = FileKey.Create(Guid.NewGuid());
        string text = key.Reveal();
        // The last letter's lower bits carry nothing: changing its upper ones must do.
        for (int i = 0; i < text.Length; i++)
            key.Matches(text[..i] + (text[i] == 'A' ? 'g' : 'A') + text[(i + 1)..]).ShouldBeFalse($"letter {i}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64url: +/=")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    public void TryReadOwner_OfAnythingElse_FindsNobody(string text) =>
        FileKey.TryReadOwner(text, out _).ShouldBeFalse();

    [Fact]
    public void ToString_DoesNotTellTheKey()
    {
        FileKey key = FileKey.Create(Guid.NewGuid());

        key.ToString().ShouldNotContain(key.Reveal()[24..]);
    }
}

public class FindOwnerTests : ConciergeTest
{
    [Fact]
    public async Task TryFindOwner_FindsAClientByItsKey_AndNoForgery()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        View.TryFindOwner(ann.FileKey, out ClientEntry? owner).ShouldBeTrue();
        owner!.Info.ShouldBe(ann.Info);

        View.TryFindOwner(FileKey.Create(ann.Uuid).Reveal(), out owner).ShouldBeFalse("the owner is right, the secret is not");
        View.TryFindOwner(FileKey.Create(Guid.NewGuid()).Reveal(), out _).ShouldBeFalse();
        View.TryFindOwner(ann.Uuid.ToString(), out _).ShouldBeFalse();
        ann.Disconnect();
        await bob.Hear<Protocol.ServerPayload.ClientLeft>();
        View.TryFindOwner(ann.FileKey, out _).ShouldBeFalse("it has left");
    }
}
