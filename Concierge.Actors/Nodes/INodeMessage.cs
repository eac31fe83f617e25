namespace Concierge.Actors.Nodes;

/// <summary>What one node tells another; written by <see cref="Wire.NodeMessageSerializer"/>.</summary>
public interface INodeMessage;
