using Concierge.Protocol.Fields;

namespace Concierge.Protocol;

/// <summary>Reads the target of a message, the same in both directions (protocol, section MESSAGE).</summary>
internal static class TargetReader
{
    // A name that no client can have is INVALID_NAME, not an error of the protocol; but no more of it comes back than a nickname has.
    private const int LongestName = 128;

    private static readonly Forms<Target> Forms = new(
        (TypeNames.ToService, static (ref f) => new Target.ToService(f.ServiceName())),
        (TypeNames.ToName, static (ref f) => new Target.ToName(f.Text(Field.Name, LongestName))),
        (TypeNames.ToUuid, static (ref f) => new Target.ToUuid(f.Uuid(Field.Uuid))),
        (TypeNames.ToServiceClient, static (ref f) => new Target.ToServiceClient(f.ServiceName(), f.Uuid(Field.Uuid))),
        (TypeNames.ToRoom, static (ref f) => new Target.ToRoom(f.RoomName())),
        (TypeNames.ToAll, static (ref _) => Target.Everyone));

    public static Target Read(ref FieldReader payload) => payload.Object(Field.Target, static (ref target) =>
    {
        var type = target.Value(Field.Type);
        return type.TryGetUtf8(out var utf8) && Forms.Find(utf8) is { } read
            ? read(ref target)
            : target.Fail<Target>(Field.Type, type, $"one of {Forms}");
    });
}
