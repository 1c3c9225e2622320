using System.Text.Json.Nodes;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Tests.Schemas;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "5", """: Invalid value: "integer": a in body must be of type string: "integer" """)]
    [InlineData("""{"type":"integer"}""", "1.5", """: Invalid value: "number": a in body must be of type integer: "number" """)]
    [InlineData("""{"type":"string"}""", "null", """: Invalid value: "null": a in body must be of type string: "null" """)]
    [InlineData("""{"type":"string","enum":["x","y"]}""", "\"z\"", """: Unsupported value: "z": supported values: "x", "y" """)]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$"}""", "\"A\"", """: Invalid value: "A": a in body should match '^[a-z]+$' """)]
    [InlineData("""{"type":"string","minLength":2}""", "\"A\"", """: Invalid value: "A": a in body should be at least 2 chars long """)]
    [InlineData("""{"type":"string","maxLength":1}""", "\"AB\"", ": Too long: may not be more than 1 bytes ")]
    [InlineData("""{"type":"integer","minimum":1}""", "0", ": Invalid value: 0: a in body should be greater than or equal to 1 ")]
    [InlineData("""{"type":"integer","maximum":1}""", "2", ": Invalid value: 2: a in body should be less than or equal to 1 ")]
    [InlineData("""{"type":"array","maxItems":1,"items":{"type":"integer"}}""", "[1,2]", ": Too many: 2: must have at most 1 items ")]
    [InlineData("""{"type":"object","required":["b"]}""", "{}", ".b: Required value ")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "[\"x\",1]", """[1]: Invalid value: "integer": a[1] in body must be of type string: "integer" """)]
    [InlineData("""{"type":"object","oneOf":[{"required":["b"]},{"required":["c"]}]}""", "{}", """: Invalid value: "": "a" must validate one and only one schema (oneOf). Found none valid """)]
    [InlineData("""{"type":"object","oneOf":[{"required":["b"]},{"required":["c"]}]}""", """{"b":1,"c":1}""", """: Invalid value: "": "a" must validate one and only one schema (oneOf). Found 2 valid alternatives """)]
    [InlineData("""{"type":"object","anyOf":[{"required":["b"]}]}""", "{}", """: Invalid value: "": "a" must validate at least one schema (anyOf) """)]
    [InlineData("""{"type":"object","not":{"required":["b"]}}""", """{"b":1}""", """: Invalid value: "": "a" must not validate the schema (not) """)]
    [InlineData("""{"type":"object","allOf":[{"required":["b"]}]}""", "{}", ".b: Required value ")]
    [InlineData("""{"type":"array","minItems":1,"items":{"type":"integer"}}""", "[]", ": Invalid value: 0: a in body should have at least 1 items ")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}}""", """["x","x"]""", """[1]: Duplicate value: "x" """)]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],"items":{"type":"object","properties":{"n":{"type":"string"}}}}""", """[{"n":"x"},{"n":"x"}]""", """[1]: Duplicate value: n: "x" """)]
    [InlineData("""{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}}""", "{}", ": Invalid value: 0: a in body should have at least 1 properties ")]
    [InlineData("""{"type":"object","maxProperties":1,"additionalProperties":true}""", """{"b":1,"c":1}""", ": Too many: 2: must have at most 1 items ")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"b":1}""", """.b: Invalid value: "integer": a.b in body must be of type string: "integer" """)]
    [InlineData("""{"type":"number","minimum":1,"exclusiveMinimum":true}""", "1", ": Invalid value: 1: a in body should be greater than 1 ")]
    [InlineData("""{"type":"number","maximum":1,"exclusiveMaximum":true}""", "1", ": Invalid value: 1: a in body should be less than 1 ")]
    [InlineData("""{"type":"integer","format":"int32"}""", "3000000000", ": Invalid value: 3000000000: a in body must be of type int32 ")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"soon\"", """: Invalid value: "soon": a in body must be of type date-time: "soon" """)]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"x-kubernetes-validations":[{"rule":"!has(self.b)","message":"b is gone"}]}""", """{"b":1}""", """: Invalid value: "object": b is gone """)]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "null", """: Invalid value: "null": a in body must be of type integer,string: "null" """)]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "1.5", """: Invalid value: "number": a in body must be of type integer,string: "number" """)]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "true", """: Invalid value: "boolean": a in body must be of type integer,string: "boolean" """)]
    public void Value_ThatBreaksItsSchema_IsNamedWithTheWordsOfAnApiServer(string schema, string value, string expected)
    {
        var errors = SchemaValidator.Validate(SchemaOf(schema), JsonNode.Parse($$"""{"a":{{value}}}"""));

        Assert.Equal("a" + expected.TrimEnd(), Assert.Single(errors).ToString());
    }

    [Theory]
    [InlineData("""{"type":"string","nullable":true}""", "null")]
    [InlineData("""{"x-kubernetes-preserve-unknown-fields":true}""", "null")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":2}""", "\"𝔸𝔹\"")]
    [InlineData("""{"type":"number"}""", "5")]
    [InlineData("""{"type":"integer"}""", "5.0")]
    [InlineData("""{"x-kubernetes-int-or-string":true}""", "\"50%\"")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"any":"thing"}""")]
    public void Value_ThatKeepsItsSchema_IsAccepted(string schema, string value)
    {
        Assert.Empty(SchemaValidator.Validate(SchemaOf(schema), JsonNode.Parse($$"""{"a":{{value}}}""")));
    }

    [Fact]
    public void HostileNesting_IsRefusedAndDoesNotExhaustTheStack()
    {
        var schema = new JsonObject { ["type"] = "object" };
        JsonNode value = new JsonObject();
        for (var depth = 0; depth < 2000; depth++)
        {
            schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["a"] = schema } };
            value = new JsonObject { ["a"] = value };
        }

        var errors = SchemaValidator.Validate(StructuralSchema.Parse(schema), value);

        Assert.Contains("nested more than 128 deep", Assert.Single(errors).Message);
    }

    [Fact]
    public void Pruning_RemovesUnknownFieldsAndKeepsThoseThatMayBeAny()
    {
        var schema = StructuralSchema.Parse((JsonObject)JsonNode.Parse(
            """
            {"type":"object","properties":{"spec":{"type":"object","properties":{
              "known":{"type":"string"},
              "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
              "template":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}},
              "list":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}
            """)!);
        var item = (JsonObject)JsonNode.Parse(
            """
            {"kind":"K","metadata":{"any":1},"spec":{"known":"a","other":1,"free":{"b":1},"kind":"x",
            "template":{"kind":"Pod","metadata":{"a":1},"spec":{"x":1}},"list":[{"name":"n","x":1}]}}
            """)!;

        var removed = SchemaPruner.Prune(schema, item);

        Assert.Equal(["spec.other", "spec.kind", "spec.template.spec.x", "spec.list[0].x"], removed);
        Assert.Equal(
            """{"kind":"K","metadata":{"any":1},"spec":{"known":"a","free":{"b":1},"template":{"kind":"Pod","metadata":{"a":1},"spec":{}},"list":[{"name":"n"}]}}""", item.ToJsonString());
    }

    [Fact]
    public void Defaults_FillWhatIsMissingBelowWhatIsThere()
    {
        var schema = StructuralSchema.Parse((JsonObject)JsonNode.Parse(
            """{"type":"object","properties":{"ports":{"type":"array","items":{"type":"object","properties":{"protocol":{"type":"string","default":"TCP"}}}}}}""")!);
        var item = JsonNode.Parse("""{"ports":[{"port":1},{"protocol":"UDP"}]}""");

        SchemaDefaults.Apply(schema, item);

        Assert.Equal("""{"ports":[{"port":1,"protocol":"TCP"},{"protocol":"UDP"}]}""", item!.ToJsonString());
    }

    [Theory]
    [InlineData("has(self.a) != has(self.b)", """{"a":1}""", null, true)]
    [InlineData("has(self.a) != has(self.b)", """{"a":1,"b":1}""", null, false)]
    [InlineData("self == oldSelf", """{"a":1}""", """{"a":1}""", true)]
    [InlineData("self == oldSelf", """{"a":1}""", """{"a":2}""", false)]
    [InlineData("self.n > 2 && self.n <= 5 || self.name.startsWith('x')", """{"n":3,"name":"y"}""", null, true)]
    [InlineData("self.n > 2 && self.n <= 5 || self.name.startsWith('x')", """{"n":6,"name":"y"}""", null, false)]
    [InlineData("!has(self.a) || size(self.a) < 3", """{"a":[1,2,3]}""", null, false)]
    [InlineData("self.list.all(i, i in ['a','b'])", """{"list":["a","b","a"]}""", null, true)]
    [InlineData("self.list.exists(i, i.name == 'x')", """{"list":[{"name":"y"}]}""", null, false)]
    [InlineData("(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) == 1", """{"b":1}""", null, true)]
    [InlineData("self.missing == 1", """{"b":1}""", null, false)]
    public void Rule_IsEvaluated(string rule, string self, string? oldSelf, bool expected)
    {
        Assert.True(CelExpression.TryParse(rule, out var expression));

        Assert.Equal(expected, expression.Holds(JsonNode.Parse(self), oldSelf is null ? null : JsonNode.Parse(oldSelf)));
    }

    [Theory]
    [InlineData("self.map(x, x + 1) == [1]")]
    [InlineData("self.a ==")]
    [InlineData("(((")]
    public void Rule_BeyondWhatIsUnderstood_IsNotParsed(string rule)
    {
        Assert.False(CelExpression.TryParse(rule, out _));
    }

    private static StructuralSchema SchemaOf(string property) => StructuralSchema.Parse(
        (JsonObject)JsonNode.Parse($$$"""{"type":"object","properties":{"a":{{{property}}}}}""")!);
}
