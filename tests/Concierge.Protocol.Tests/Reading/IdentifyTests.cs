namespace Concierge.Protocol.Tests.Reading;

public sealed class IdentifyTests
{
    [Fact]
    public void TheLeastThatIsNeeded_IsANameAndAVersion()
    {
        var identify = Wire.ReadClient("""{"type":"IDENTIFY","name":"alice","version":"0.2.0"}""").ShouldBeOfType<ClientPayload.Identify>();

        identify.ShouldBe(new ClientPayload.Identify("alice", null, "0.2.0", null, [], true));
    }

    [Fact]
    public void EverythingGiven_IsRead() =>
        Wire.ReadClient("""
            {"type":"IDENTIFY","name":"alice","nickname":"Alice","version":"0.2.0","secret":"s","tags":["a","b"],"presence":false}
            """).ShouldBe(new ClientPayload.Identify("alice", "Alice", "0.2.0", "s", ["a", "b"], false));

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void NicknameThatIsNullOrEmpty_IsNone(string nickname) =>
        Wire.ReadClient(Identify($"\"nickname\":{nickname}")).ShouldBeOfType<ClientPayload.Identify>().Nickname.ShouldBeNull();

    [Theory]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"no name!\"", "\"latest\"")]
    public void NameAndVersion_AreUncheckedForTheirOwnCloseCodes(string name, string version) =>
        Wire.ReadClient($$"""{"type":"IDENTIFY","name":{{name}},"version":{{version}}}""").ShouldBeOfType<ClientPayload.Identify>();

    [Fact]
    public void TextsAtTheirLimits_CountCodePoints()
    {
        var nickname = string.Concat(Enumerable.Repeat("😀", Limits.Nickname));
        var escaped = string.Concat(Enumerable.Repeat("\\ud83d\\ude00", Limits.Tag));

        var identify = Wire.ReadClient(Identify($"\"nickname\":\"{nickname}\",\"tags\":[\"{escaped}\"]"))
            .ShouldBeOfType<ClientPayload.Identify>();

        identify.Nickname.ShouldBe(nickname);
        identify.Tags.ShouldHaveSingleItem().EnumerateRunes().Count().ShouldBe(Limits.Tag);
    }

    [Theory]
    [InlineData("\"nickname\":5", "field 'nickname' is 5; a string of at most 128 characters or null was expected")]
    [InlineData("\"secret\":12345", "field 'secret' is a number; a string or null was expected")]
    [InlineData("\"tags\":null", "field 'tags' is null; an array was expected")]
    [InlineData("\"tags\":{}", "field 'tags' is {}; an array was expected")]
    [InlineData("\"tags\":[\"a\",null]", "field 'tags[1]' is null; a string of at most 64 characters was expected")]
    [InlineData("\"presence\":null", "field 'presence' is null; true or false was expected")]
    [InlineData("\"presence\":\"no\"", "field 'presence' is \"no\"; true or false was expected")]
    [InlineData("\"nickname\":\"\\udc00\"",
        "field 'nickname' is \"\\udc00\", which has half of a surrogate pair; a string of at most 128 characters or null was expected")]
    public void FieldOfTheWrongType_IsNamed(string field, string description) =>
        Wire.RefuseClient(Identify(field)).ShouldBe(new ReadError(ReadErrorKind.BadField, "IDENTIFY", description));

    [Theory]
    [InlineData("""{"type":"IDENTIFY","version":"0.2.0"}""", "field 'name' is missing; a string was expected")]
    [InlineData("""{"type":"IDENTIFY","name":null,"version":"0.2.0"}""", "field 'name' is null; a string was expected")]
    [InlineData("""{"type":"IDENTIFY","name":"alice"}""", "field 'version' is missing; a string was expected")]
    [InlineData("""{"type":"IDENTIFY","name":"alice","version":0.2}""", "field 'version' is 0.2; a string was expected")]
    public void RequiredFieldThatIsNone_IsNamed(string frame, string description) =>
        Wire.RefuseClient(frame).ShouldBe(new ReadError(ReadErrorKind.BadField, "IDENTIFY", description));

    [Fact]
    public void OfSeveralBadFields_TheFirstIsNamed() =>
        Wire.RefuseClient("""{"type":"IDENTIFY","presence":7,"tags":["a"],"name":5,"version":"0.2.0"}""").Description
            .ShouldBe("field 'name' is 5; a string was expected");

    [Fact]
    public void NicknameOverItsLimit_IsShownShortened() =>
        Wire.RefuseClient(Identify($"\"nickname\":\"{new string('n', 129)}\"")).Description.ShouldBe(
            $"field 'nickname' is \"{new string('n', 63)}…; a string of at most 128 characters or null was expected");

    [Fact]
    public void HugeNickname_IsShownShortened() =>
        Wire.RefuseClient(Identify($"\"nickname\":\"{new string('n', 1_000_000)}\"")).Description.Length.ShouldBeLessThan(200);

    [Fact]
    public void TagsOverTheirLimits_AreRefused()
    {
        Wire.RefuseClient(Identify($"\"tags\":[{string.Join(',', Enumerable.Repeat("\"t\"", 33))}]")).Description
            .ShouldEndWith("; an array of at most 32 elements was expected");
        Wire.RefuseClient(Identify($"\"tags\":[\"{new string('t', 65)}\"]")).Description
            .ShouldStartWith("field 'tags[0]' is \"ttt");
    }

    [Fact]
    public void Secret_IsNeverShown()
    {
        Wire.RefuseClient(Identify("\"secret\":[\"hush\"]")).Description.ShouldNotContain("hush");
        Wire.ReadClient(Identify("\"secret\":\"hush\"")).ToString().ShouldNotContain("hush");
    }

    private static string Identify(string field) => $$"""{"type":"IDENTIFY","name":"alice","version":"0.2.0",{{field}}}""";
}
