"""The parts of the description, held against what the server answers and takes."""

import pytest

from seqloom.serve.schemas import SCHEMAS

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def fits(value, schema):
    """Whether a value is what the words of JSON Schema that are used here say."""
    if "$ref" in schema:
        return fits(value, SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "const" in schema:
        return value == schema["const"]
    names = schema.get("type", list(KINDS))
    if not any(isinstance(value, KINDS[name]) for name in ([names] if isinstance(names, str) else names)):
        return False
    if isinstance(value, list):
        few = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return few and all(fits(one, schema.get("items", {})) for one in value)
    if isinstance(value, dict):
        fields, others = schema.get("properties", {}), schema.get("additionalProperties", {})
        strange = {name: one for name, one in value.items() if name not in fields}
        known = all(fits(one, fields[name]) for name, one in value.items() if name in fields)
        rest = not strange if others is False else all(fits(one, others) for one in strange.values())
        return known and rest and set(schema.get("required", ())) <= value.keys()
    return not isinstance(value, int) or value >= schema.get("minimum", value)


def test_answers_fit_their_schemas(client, body):
    """What the server says is what its description says."""
    told = {
        "Reply": client.post("/v1/streams/a/readings", json=body(0)),
        "WrongReply": client.post("/v1/streams/a/readings", json=body(1, 2, a="x")),
        "Refused": client.post("/v1/streams/a/readings", json={}),
        "ManyReplies": client.post("/v1/readings", json={"streams": [body(0) | {"stream": "b"}]}),
        "Predictions": client.post("/v1/predict", json={"sequences": [{"readings": body(0)["readings"]}]}),
        "Standing": client.get("/v1/streams/a"),
        "Page": client.get("/v1/streams"),
        "Snapshot": client.get("/v1/streams/a/snapshot"),
        "Health": client.get("/readyz"),
        "Ended": client.delete("/v1/streams/a"),
    }
    for name, answer in told.items():
        assert fits(answer.json(), SCHEMAS[name]), (name, answer.json())
    assert not fits(told["Health"].json(), SCHEMAS["Reply"])


@pytest.mark.parametrize(
    ("name", "fine", "wrong"),
    [
        ("Readings", {"epoch": 0, "readings": [{"values": {"a": 1, "b": None}}]}, {"readings": []}),
        ("Reading", {"seq": 0, "time": 1.5, "values": {}, "ahead": [{"a": 1}]}, {"values": {}, "more": 1}),
        ("Fork", {"to": "b"}, {}),
    ],
)
def test_bodies_fit_their_schemas(name, fine, wrong):
    """What is taken fits, what is refused does not."""
    assert fits(fine, SCHEMAS[name])
    assert not fits(wrong, SCHEMAS[name])
