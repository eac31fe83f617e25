using System.Text.Json.Serialization;

namespace Concierge.Client.Tests;

internal sealed record Greeting(string Text);

[JsonSerializable(typeof(Greeting))]
internal sealed partial class TestJson : JsonSerializerContext;
