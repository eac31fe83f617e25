namespace Akka.Util;

/// <summary>Types by the names that a configuration gives them: <c>"Namespace.Type, Assembly"</c>.</summary>
internal static class TypeNames
{
    /// <summary>Null where there is none. A configuration may name the packages' assemblies, whose types are in others here.</summary>
    internal static Type Find(string name)
    {
        if (Type.GetType(name, throwOnError: false) is { } found)
            return found;
        var withoutAssembly = name.Split(',')[0].Trim();
        return AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(withoutAssembly)).FirstOrDefault(type => type is not null);
    }
}
