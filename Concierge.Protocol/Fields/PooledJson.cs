using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>Writes JSON with a writer that each thread keeps, so that a payload costs no garbage.</summary>
internal static class PooledJson
{
    // What is written was made by us, so it is not checked a second time. Text goes out nearly as it is: no browser reads it as HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    // Where an idle writer points, so that it keeps nobody's buffer alive. Nothing is ever written there.
    private static readonly ArrayBufferWriter<byte> Nowhere = new();

    [ThreadStatic]
    private static Utf8JsonWriter? _idle;

    public static void Write<T>(IBufferWriter<byte> output, T value, Action<Utf8JsonWriter, T> write)
    {
        var json = _idle ?? new Utf8JsonWriter(Nowhere, Options);
        _idle = null;
        json.Reset(output);
        write(json, value);
        json.Flush();
        json.Reset(Nowhere);
        _idle = json;
    }
}
