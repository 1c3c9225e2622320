namespace Klever.Formats.Pmml;

/// <summary>Reads a document in one pass: the data dictionary, and of each model the parts that tell its inputs and outputs.</summary>
internal sealed class PmmlParser
{
    private readonly PmmlCursor _cursor;
    private readonly int _maximumDepth;

    private PmmlParser(PmmlCursor cursor, int maximumDepth) => (_cursor, _maximumDepth) = (cursor, maximumDepth);

    public static PmmlDocument Parse(ModelFile file)
    {
        using var cursor = new PmmlCursor(file);
        return new PmmlParser(cursor, file.Limits.MaximumDepth).ReadDocument();
    }

    private PmmlDocument ReadDocument()
    {
        _cursor.MoveToRoot();
        RequirePmml();
        var fields = new Dictionary<string, PmmlField>(StringComparer.Ordinal);
        PmmlModel? model = null;
        foreach (var element in _cursor.Children())
        {
            if (element == "DataDictionary")
            {
                ReadDataDictionary(fields);
            }
            else if (model is null && PmmlModel.Elements.Contains(element) && _cursor.Attribute("isScorable") is not ("false" or "0"))
            {
                model = ReadModel(depth: 1);
            }
        }

        return model is null
            ? throw _cursor.NotTheFormat(_cursor.Models.Count == 0
                ? "the document holds no model element of PMML"
                : "no model of the document is scorable (isScorable is false)")
            : new PmmlDocument(fields, model, _cursor.Models);
    }

    private void RequirePmml()
    {
        if (_cursor.Name != "PMML")
        {
            throw _cursor.NotTheFormat($"the outermost element is <{Models.Excerpt.Of(_cursor.Name)}>, not <PMML>");
        }

        if (_cursor.Attribute("version") is { Length: > 1 } version && version[1] == '.' && version[0] is not ('3' or '4'))
        {
            throw _cursor.NotSupported($"PMML {Models.Excerpt.Of(version)} is not read; 3.0 to 4.4 are");
        }
    }

    private void ReadDataDictionary(Dictionary<string, PmmlField> fields)
    {
        foreach (var element in _cursor.Children())
        {
            if (element == "DataField" && ReadField() is { } field)
            {
                fields.TryAdd(field.Name, field);
            }
        }
    }

    private PmmlField? ReadField()
    {
        var name = _cursor.Attribute("name");
        var dataType = _cursor.Attribute("dataType");
        var opType = _cursor.Attribute("optype");
        var intervals = new List<string>();
        var values = new List<string>();
        foreach (var element in _cursor.Children())
        {
            if (element == "Interval")
            {
                intervals.Add(ReadInterval());
            }
            else if (element == "Value" && _cursor.Attribute("property") is null or "valid" && _cursor.Attribute("value") is { } value)
            {
                values.Add(JavaText.OfValue(value, dataType));
            }
        }

        return name is null ? null : new PmmlField(name, dataType, opType, [.. intervals, .. values]);
    }

    private string ReadInterval()
    {
        var left = _cursor.Attribute("leftMargin") is { } from ? JavaText.OfNumber(from) : "-Infinity";
        var right = _cursor.Attribute("rightMargin") is { } to ? JavaText.OfNumber(to) : "Infinity";
        return _cursor.Attribute("closure") switch
        {
            "openOpen" => $"({left}, {right})",
            "openClosed" => $"({left}, {right}]",
            "closedOpen" => $"[{left}, {right})",
            _ => $"[{left}, {right}]",
        };
    }

    private PmmlModel ReadModel(int depth)
    {
        if (depth > _maximumDepth)
        {
            throw _cursor.TooDeep(_maximumDepth);
        }

        var model = new PmmlModel(_cursor.Name, _cursor.Attribute("functionName"), _cursor.Attribute("x-mathContext"));
        foreach (var element in _cursor.Children())
        {
            switch (element)
            {
                case "MiningSchema" when depth == 1:
                    ReadMiningSchema(model);
                    break;
                case "Targets" when depth == 1:
                    ReadTargets(model);
                    break;
                case "Output":
                    ReadOutput(model);
                    break;
                case "Segmentation":
                    ReadSegmentation(model, depth);
                    break;
            }
        }

        return model;
    }

    private void ReadMiningSchema(PmmlModel model)
    {
        foreach (var element in _cursor.Children())
        {
            if (element == "MiningField" && _cursor.Attribute("name") is { } name)
            {
                model.MiningFields.Add(new PmmlMiningField(name, _cursor.Attribute("usageType") ?? "active", _cursor.Attribute("optype")));
            }
        }
    }

    private void ReadTargets(PmmlModel model)
    {
        foreach (var element in _cursor.Children())
        {
            if (element == "Target" && _cursor.Attribute("field") is { } field)
            {
                model.Targets.TryAdd(field, _cursor.Attribute("optype"));
            }
        }
    }

    private void ReadOutput(PmmlModel model)
    {
        foreach (var element in _cursor.Children())
        {
            if (element != "OutputField")
            {
                continue;
            }

            var feature = _cursor.Attribute("feature");
            var target = _cursor.Attribute("targetField");
            if (ReadField() is { } field)
            {
                model.Outputs.Add(new PmmlOutputField(field, feature, target));
            }
        }
    }

    private void ReadSegmentation(PmmlModel model, int depth)
    {
        model.MultipleModelMethod = _cursor.Attribute("multipleModelMethod");
        foreach (var element in _cursor.Children())
        {
            if (element == "Segment")
            {
                model.Segments.Add(ReadSegment(depth));
            }
        }
    }

    private PmmlSegment ReadSegment(int depth)
    {
        var isAlways = false;
        PmmlModel? model = null;
        foreach (var element in _cursor.Children())
        {
            isAlways |= element == "True";
            if (PmmlModel.Elements.Contains(element))
            {
                model ??= ReadModel(depth + 1);
            }
        }

        return new PmmlSegment(isAlways, model);
    }
}
