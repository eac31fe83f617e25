namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON as far as Akka.NET 1.5's own parser does. Where that one silently misreads a text (an unclosed brace, <c>+=</c>,
/// <c>${?optional}</c>), this one refuses it with the place and what was expected.
/// </summary>
public class Parser
{
    private const int MaximumDepth = 100;

    private readonly HoconText _text;
    private readonly Func<string, HoconRoot> _include;
    private readonly List<HoconSubstitution> _substitutions = [];
    private int _depth;

    private Parser(string text, Func<string, HoconRoot> includeCallback)
    {
        _text = new HoconText(text);
        _include = includeCallback;
    }

    /// <exception cref="FormatException">The text is malformed, nested more than 100 deep, or refers to what it lacks.</exception>
    /// <exception cref="ConfigurationException">An unquoted value contains <c>:</c> or <c>=</c>.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot> includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(text, includeCallback).ParseRoot();
    }

    private HoconRoot ParseRoot()
    {
        var root = new HoconValue();
        _text.SkipWhitespaceAndComments();
        if (_text.At("{"))
            ParseBraces(root, "");
        else
            ParseFields(root.BecomeObject(), "");

        _text.SkipWhitespaceAndComments();
        if (!_text.AtEnd)
            throw _text.Error("a key or the end");
        HoconSubstitutions.Resolve(root, _substitutions);
        return new HoconRoot(root, _substitutions);
    }

    private void ParseBraces(HoconValue owner, string path)
    {
        var opening = _text.Where();
        _text.Expect("{", "'{'");
        Deeper();
        ParseFields(owner.BecomeObject(), path);
        _text.Expect("}", $"a key, or '}}' to close the object of {opening}");
        _depth--;
    }

    private void ParseFields(HoconObject target, string path)
    {
        for (_text.SkipWhitespaceAndComments(); !_text.AtEnd && !_text.At("}"); _text.SkipWhitespaceAndComments())
        {
            if (_text.TryTakeInclude())
                Include(target, path);
            else
                ParseField(target, path);
        }
    }

    // A dotted key nests as braces do.
    private void ParseField(HoconObject target, string path)
    {
        var outerDepth = _depth;
        var key = TakeKey();
        var value = target.GetOrCreateKey(key);
        path = Join(path, key);
        _text.SkipWhitespaceAndComments();
        while (_text.TryTake("."))
        {
            Deeper();
            _text.SkipWhitespaceAndComments();
            key = TakeKey();
            value = value.BecomeObject().GetOrCreateKey(key);
            path = Join(path, key);
            _text.SkipWhitespaceAndComments();
        }

        if (_text.At("{"))
            ParseBraces(value, path);
        else if (_text.TryTake("=") || _text.TryTake(":"))
            ParseAssigned(value, path);
        else
            throw _text.Error($"'=', ':', '{{' or '.' after the key '{key}'");
        _depth = outerDepth;
    }

    private string TakeKey()
    {
        if (_text.At("\""))
            return _text.TakeQuoted();
        var key = _text.TakeUnquotedKey();
        if (key.Length == 0)
            throw _text.Error("a key");
        return key.EndsWith('+') ? throw _text.Error("'=' alone, as Akka.NET has no '+='") : key;
    }

    // Only an object is merged with what the key had before, and only with an object.
    private void ParseAssigned(HoconValue value, string path)
    {
        if (!value.IsObject())
            value.Clear();
        ParseValue(value, path);
        if (!_text.TryTake(",") && !_text.AtLineEnd && !_text.At("}") && !AtComment())
            throw _text.Error("the end of the line, ',' or '}' after a value");
    }

    /// <summary>The parts of one value, to the end of its line, or to what ends it earlier. Blanks between two parts belong to it.</summary>
    private void ParseValue(HoconValue owner, string path)
    {
        _text.SkipWhitespaceAndComments();
        var parts = 0;
        for (var blanks = ""; AtValue(); blanks = _text.TakeBlanks())
        {
            if (parts++ > 0 && blanks.Length > 0)
                owner.Append(new HoconLiteral(blanks));
            ParsePart(owner, path, isFirst: parts == 1);
        }

        if (parts == 0)
            throw _text.Error("a value");
    }

    private bool AtValue() => _text.AtUnquotedText || _text.At("\"") || _text.At("{") || _text.At("[") || _text.At("${");

    private bool AtComment() => _text.At("#") || _text.At("//");

    private void ParsePart(HoconValue owner, string path, bool isFirst)
    {
        if (_text.At("{"))
        {
            if (!isFirst)
                throw _text.Error("no object here, as Akka.NET does not merge values that stand side by side");
            ParseBraces(owner, path);
        }
        else if (_text.At("["))
        {
            owner.Append(ParseList(path));
        }
        else if (_text.At("${"))
        {
            owner.Append(ParseSubstitution());
        }
        else
        {
            var literal = TakeLiteral();
            if (owner.IsObject())
                owner.Clear();
            owner.Append(new HoconLiteral(literal));
        }
    }

    private string TakeLiteral()
    {
        if (_text.At("\"\"\""))
            return _text.TakeTripleQuoted();
        if (_text.At("\""))
            return _text.TakeQuoted();
        var where = _text.Where();
        var literal = _text.TakeUnquotedText();
        return _text.At("=") || _text.At(":")
            ? throw new ConfigurationException($"{where}: the value '{literal}' contains '=' or ':'. Put a value like an URI in double quotes, and an object in braces.")
            : literal;
    }

    private HoconList ParseList(string path)
    {
        var opening = _text.Where();
        _text.Expect("[", "'['");
        Deeper();
        var items = new List<HoconValue>();
        for (_text.SkipWhitespaceAndComments(); !_text.At("]"); _text.SkipWhitespaceAndComments())
        {
            if (_text.AtEnd)
                throw _text.Error($"a value, or ']' to close the list of {opening}");
            var item = new HoconValue();
            ParseValue(item, path);
            items.Add(item);
            if (!_text.TryTake(",") && !_text.AtLineEnd && !_text.At("]") && !AtComment())
                throw _text.Error("',' or ']' after a list's value");
        }

        _text.Expect("]", "']'");
        _depth--;
        return new HoconList(items);
    }

    private HoconSubstitution ParseSubstitution()
    {
        var where = _text.Where();
        _text.Expect("${", "'${'");
        if (_text.At("?"))
            throw _text.Error("a path, as Akka.NET has no optional substitution");
        var path = _text.TakeUnquotedText();
        if (path.Length == 0)
            throw _text.Error("a path without quotes or spaces");
        _text.Expect("}", "'}' after a substitution's path");
        var substitution = new HoconSubstitution(path, where);
        _substitutions.Add(substitution);
        return substitution;
    }

    private void Include(HoconObject target, string path)
    {
        var where = _text.Where();
        var name = _text.TakeQuoted();
        var included = (_include ?? throw new FormatException($"{where}: include \"{name}\", and nothing was given to find it with."))(name);

        // As in Akka.NET: included at the top the path gets a leading dot, and its substitutions are not found.
        foreach (var substitution in included.Substitutions)
            substitution.Path = $"{path}.{substitution.Path}";
        _substitutions.AddRange(included.Substitutions);
        target.Merge(included.Value.GetObject() ?? throw new FormatException($"{where}: include \"{name}\" is no object."));
    }

    private void Deeper()
    {
        if (++_depth > MaximumDepth)
            throw new FormatException($"{_text.Where()}: nested more than {MaximumDepth} deep.");
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
