using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How to make an actor, again and again: a restart makes a new instance from the same arguments.</summary>
public class Props
{
    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer, object[] arguments, SupervisorStrategy supervisorStrategy = null)
    {
        _producer = producer;
        Arguments = arguments;
        SupervisorStrategy = supervisorStrategy;
    }

    public Type Type => _producer.ActorType;
    public object[] Arguments { get; }
    public SupervisorStrategy SupervisorStrategy { get; }

    /// <summary>In the place of Akka.NET's CallingThreadDispatcher, for the test kit.</summary>
    internal bool RunsOnCallingThread { get; private init; }

    /// <summary>The arguments are evaluated here, once; the constructor must be public.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            return new Props(new FactoryProducer<TActor>(factory.Compile()), [], supervisorStrategy);
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        var arguments = creation.Arguments.Select(Evaluate).ToArray();
        return new Props(new ActivatorProducer(typeof(TActor), arguments), arguments, supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(new ActivatorProducer(typeof(TActor), args), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(new ActivatorProducer(typeof(TActor), []), [], supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"Unknown actor producer [{type.FullName}]", nameof(type));
        return new Props(new ActivatorProducer(type, args), args);
    }

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(_producer, Arguments, supervisorStrategy);

    internal Props OnCallingThread() => new(_producer, Arguments, SupervisorStrategy) { RunsOnCallingThread = true };

    internal ActorBase NewActor()
    {
        try
        {
            return _producer.Produce();
        }
        catch (Exception e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(',', Arguments)})", e);
        }
    }

    internal void Release(ActorBase actor) => _producer.Release(actor);

    /// <summary>Compiling an expression takes a millisecond; nearly all arguments are constants and captured variables.</summary>
    private static object Evaluate(Expression argument)
    {
        switch (argument)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: global::System.Reflection.FieldInfo field } captured:
                return field.GetValue(captured.Expression is null ? null : Evaluate(captured.Expression));
            default:
                return Expression.Lambda<Func<object>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();
        }
    }

    private sealed class ActivatorProducer(Type actorType, object[] arguments) : IIndirectActorProducer
    {
        public Type ActorType => actorType;

        public ActorBase Produce() => (ActorBase)Activator.CreateInstance(actorType, arguments);

        public void Release(ActorBase actor) { }
    }

    private sealed class FactoryProducer<TActor>(Func<TActor> factory) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => factory();

        public void Release(ActorBase actor) { }
    }
}

public interface IIndirectActorProducer
{
    Type ActorType { get; }
    ActorBase Produce();
    void Release(ActorBase actor);
}
