using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Python;

/// <summary>One of the scripts in this folder, and what it says that it has seen.</summary>
internal sealed class PythonProgram : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private PythonProgram(RunningProgram program) => _program = program;

    public static PythonProgram Start(string script, params string[] arguments) =>
        new(RunningProgram.Start(PythonFactAttribute.Interpreter, [Path.Combine(AppContext.BaseDirectory, "Python", script), .. arguments]));

    /// <summary>The next JSON object that it printed.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        string? line = await _program.ReadLineAsync();
        return Json.Parse(line.ShouldNotBeNull($"The script has ended. Its standard error:\n{_program.Errors}"));
    }

    /// <summary>Types something into it.</summary>
    public Task TypeAsync(string text) => _program.TypeAsync(text);

    /// <summary>Waits until it has ended well.</summary>
    /// <returns>What it printed that nobody has read.</returns>
    public async Task<List<JsonElement>> FinishAsync()
    {
        (await _program.WaitForExitAsync()).ShouldBe(0, _program.Errors);
        return [.. (await _program.ReadToEndAsync()).Select(Json.Parse)];
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
