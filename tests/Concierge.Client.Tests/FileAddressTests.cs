namespace Concierge.Client.Tests;

public sealed class FileAddressTests
{
    private static readonly Uri Root = new("http://127.0.0.1:64209/fs/");
    private static readonly Guid Owner = Guid.Parse("0b0a5c3e-6f0e-4a3c-9d6a-0123456789ab");

    [Theory]
    [InlineData("photo.jpg", "photo.jpg")]
    [InlineData("photos/front view.jpg", "photos/front%20view.jpg")]
    [InlineData("100%.txt", "100%25.txt")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData(@"..\up", "..%5Cup")]
    [InlineData("grün.txt", "gr%C3%BCn.txt")]
    public void Address_EscapesEachPartOfTheName(string name, string escaped) =>
        FileStore.Address(Root, Owner, name).AbsoluteUri.ShouldBe($"{Root}{Owner}/{escaped}");

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../other/secret.txt")]
    [InlineData("a/./b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    public void Address_OfWhatIsNoFileOfTheFolder_Throws(string name) =>
        Should.Throw<ArgumentException>(() => FileStore.Address(Root, Owner, name));
}
