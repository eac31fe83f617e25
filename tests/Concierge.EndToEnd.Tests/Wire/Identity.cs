namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>Who a client is, from its IDENTIFY and the HELLO that it got.</summary>
public sealed record Identity(string Name, string Uuid, string FileKey);
