using System.Collections;

namespace Concierge.Hosting.Configuration;

/// <summary>The environment that the program was started in.</summary>
public static class EnvironmentVariables
{
    /// <summary>All of its variables.</summary>
    public static IReadOnlyDictionary<string, string> All() =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
