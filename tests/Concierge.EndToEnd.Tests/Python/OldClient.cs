using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Python;

/// <summary>A client of one of the older servers, in Python: what it sends, and what it is sent.</summary>
internal sealed class OldClient : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private OldClient(RunningProgram program) => _program = program;

    public static OldClient Start(Uri uri) =>
        new(RunningProgram.Start(PythonFactAttribute.Interpreter, [Path.Combine(AppContext.BaseDirectory, "Python", "old_client.py"), uri.ToString()]));

    /// <summary>One that has been asked by the chatroom which room it wants, and has answered.</summary>
    public static async Task<OldClient> ChatAsync(Uri uri, int id, string room)
    {
        OldClient client = Start(uri);
        await client.ExpectAsync("Connected to server", $"{id}", "Which room do you want to be placed in (1 - 10): ", "10");
        await client.SayAsync(room);
        return client;
    }

    public async Task SayAsync(params string[] texts)
    {
        foreach (string text in texts) await _program.WriteLineAsync(JsonSerializer.Serialize(text));
    }

    /// <summary>The next texts have to be these.</summary>
    public async Task ExpectAsync(params string[] texts)
    {
        foreach (string text in texts) (await HearAsync()).GetString().ShouldBe(text);
    }

    public async Task ExpectCloseAsync(int code) => (await HearAsync()).ShouldBeJson($$"""{"closed":{{code}}}""");

    /// <summary>Drops its socket without a word.</summary>
    public async Task DropAsync()
    {
        _program.EndInput();
        (await _program.WaitForExitAsync()).ShouldBe(0, _program.Errors);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private async Task<JsonElement> HearAsync()
    {
        string? line = await _program.ReadLineAsync();
        return Json.Parse(line.ShouldNotBeNull($"The client has ended. Its standard error:\n{_program.Errors}"));
    }
}
