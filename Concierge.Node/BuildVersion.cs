using System.Reflection;

namespace Concierge.Node;

/// <summary>Which build of the program this is.</summary>
internal static class BuildVersion
{
    /// <summary>The version that the build was given, with the commit where the build knew it.</summary>
    public static string Current { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
