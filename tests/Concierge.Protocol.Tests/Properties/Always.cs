using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Protocol.Tests.Properties;

/// <summary>Checks what holds for everything generated: the same 1,000 cases in every run, so that a failure is found again.</summary>
internal static class Always
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(640_209, 1);

    public static void Holds<T>(Gen<T> any, Action<T> property) =>
        Check.One(Repeatable, Prop.ForAll(any.ToArbitrary(), property));
}
