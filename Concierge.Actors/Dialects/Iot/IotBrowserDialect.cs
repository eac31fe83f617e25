using System.Buffers;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>
/// What browsers hear (dialects, section "IoT robots"): what their robot says, and what robots there are whenever one has come or gone. The directory
/// tells of each change before it makes the next: so the last list that a browser hears is the right one.
/// </summary>
/// <param name="view">Who is where.</param>
internal sealed class IotBrowserDialect(DirectoryView view) : Dialect(DialectKind.IotBrowser, "iot_browser", view)
{
    internal override bool TellsOf(ServerPayload payload) => payload switch
    {
        ServerPayload.ServiceCreateResult created => Robots.IsRobot(created.Service.Name),
        ServerPayload.ServiceDeleteResult deleted => Robots.IsRobot(deleted.Service.Name),
        _ => false,
    };

    // A page reads the type of whatever it gets, and null has none: what is no object stays here.
    private protected override void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames)
    {
        if (payload is ServerPayload.Message { Data: var data })
        {
            if (RelaxedJson.IsObject(data.Utf8.Span)) PayloadFrame.AppendText(frames, data.Utf8.Span);
        }
        else if (TellsOf(payload)) PayloadFrame.AppendText(frames, Robots.List(View));
    }
}
