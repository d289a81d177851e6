using System.Reflection;
using Planlane.Values;

namespace Planlane;

/// <summary>Makes values of a type by its constructor: one with every member set, and as many more as its members have other kinds of value.</summary>
internal static class Samples
{
    public static IReadOnlyList<object> Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
            return Lists(type.GetGenericArguments()[0]);
        if (type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IText<>)))
            return [Activator.CreateInstance(type, "src/a.cs")!, Activator.CreateInstance(type, "ü \"b\"")!];
        if (type.IsEnum)
            return [.. Enum.GetValues(type).Cast<object>().Reverse()];
        if (type.IsAbstract)
            return [.. type.GetNestedTypes().Where(nested => nested.IsSubclassOf(type)).SelectMany(Of)];
        return Simple(type) ?? Made(type);
    }

    private static object[]? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => ["a \"quoted\" text\nof two lines – and ünïcode", ""],
        _ when type == typeof(bool) => [true, false],
        _ when type == typeof(int) => [42, -1],
        _ when type == typeof(long) => [long.MaxValue, 0L],
        _ when type == typeof(double) => [0.1, 1e300],
        _ when type == typeof(decimal) => [0.000_000_1m, 79_228_162_514m],
        _ when type == typeof(DateOnly) => [new DateOnly(2026, 10, 8)],
        _ when type == typeof(DateTimeOffset) => [Some.Start.AddTicks(1)],
        _ => null,
    };

    private static object[] Lists(Type element)
    {
        var items = Of(element);
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
            array.SetValue(items[i], i);
        var make = typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(element);
        return [make.Invoke(null, [array])!, make.Invoke(null, [Array.CreateInstance(element, 0)])!];
    }

    private static object[] Made(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length) ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var choices = constructor.GetParameters().Select(Choices).ToList();
        return [.. Enumerable.Range(0, choices.Select(choice => choice.Count).DefaultIfEmpty(1).Max())
            .Select(index => constructor.Invoke([.. choices.Select(choice => choice[index % choice.Count])]))];
    }

    private static List<object?> Choices(ParameterInfo parameter)
    {
        var choices = Of(parameter.ParameterType).Cast<object?>().ToList();
        if (new NullabilityInfoContext().Create(parameter).WriteState is NullabilityState.Nullable)
            choices.Add(null);
        return choices;
    }
}
