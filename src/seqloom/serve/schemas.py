"""What requests and answers consist of, as JSON Schema: the parts of the OpenAPI document."""

from typing import Any

from seqloom.serve.limits import Limits

Schema = dict[str, Any]
LIMITS = Limits()
WHOLE: Schema = {"type": "integer", "minimum": 0}
MAYBE: Schema = WHOLE | {"type": ["integer", "null"]}
NAME: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": LIMITS.name,
    "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
}
VALUES: Schema = {
    "type": "object",
    "description": "A value for each column of the model, by its name.",
    "additionalProperties": {"type": ["number", "string", "boolean", "null"]},
}
TRUTH: Schema = {"type": ["number", "string", "boolean", "object"]}
PREDICTION: Schema = {
    "type": ["object", "null"],
    "description": "What the model says after the reading; null where an answer given before is no longer kept.",
}


def part(name: str) -> Schema:
    """A reference to a schema of this file."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Schema, most: int | None = None) -> Schema:
    """A list; with `most`, of one entry to so many."""
    return {"type": "array", "items": items} | ({} if most is None else {"minItems": 1, "maxItems": most})


def closed(required: str, **fields: Schema) -> Schema:
    """An object that has these fields and no others."""
    return {"type": "object", "required": required.split(), "properties": fields, "additionalProperties": False}


def given(**fields: Schema) -> Schema:
    """An object of an answer."""
    return {"type": "object", "required": list(fields), "properties": fields}


CODED: Schema = {"type": "string", "contentEncoding": "base64", "description": "JSON."}
STANDING = {"stream": NAME, "epoch": WHOLE, "acknowledged": WHOLE}
MODEL: dict[str, Schema] = {
    "digest": {"type": "string", "description": "SHA-256 of the artifact."},
    "task": {"type": "string"},
    "columns": listed({"type": "string"}),
    "clock": {"enum": ["stamps", "numbers", "none"]},
}
MARK: Schema = {"description": "Whatever it is, the answer has it, too."}
TOLD = given(seq=WHOLE, prediction=PREDICTION)
READINGS = listed(part("Reading"), LIMITS.readings)
TRUTHS = listed(
    closed("seq truth", seq=WHOLE, truth=TRUTH | {"description": "The value, or values by column."}),
    LIMITS.readings,
)
SCHEMAS: dict[str, Schema] = {
    "Reading": closed(
        "values",
        seq=MAYBE | {"description": "Number of the reading, from 0 on; left out: the next one."},
        time={"type": ["string", "number", "null"], "description": "As in training: ISO 8601, or a number."},
        values=VALUES,
        ahead=listed(VALUES, LIMITS.readings)
        | {"type": ["array", "null"], "description": "The columns known ahead of the steps that follow."},
    ),
    "Readings": closed("readings", epoch=MAYBE, readings=READINGS),
    "ManyReadings": closed(
        "streams",
        streams=listed(closed("stream readings", stream=NAME, epoch=MAYBE, readings=READINGS), LIMITS.streams),
    ),
    "Sequences": closed(
        "sequences", sequences=listed(closed("readings", name=NAME, readings=READINGS), LIMITS.streams)
    ),
    "Fork": closed("to", to=NAME),
    "Restore": closed("snapshot", snapshot=part("Snapshot")),
    "Snapshot": {
        "type": "object",
        "required": ["format", "stream", "epoch", "seq", "digest", "memory", "answers", "time", "checksum"],
        "properties": {
            "format": {"const": 1},
            "stream": NAME,
            "epoch": WHOLE,
            "seq": WHOLE,
            "digest": {"type": "string", "description": "SHA-256 of the artifact."},
            "memory": {"type": "string", "contentEncoding": "base64"},
            "answers": listed(TOLD),
            "time": {"type": ["integer", "null"]},
            "checksum": {"type": "string", "description": "SHA-256 of all other fields."},
        },
    },
    "Reply": given(**STANDING, predictions=listed(TOLD)),
    "WrongReply": given(**STANDING, predictions=listed(TOLD), error=part("Error")),
    "ManyReplies": given(streams=listed({"type": "object"})),
    "Predictions": given(sequences=listed({"type": "object"})),
    "Standing": given(**STANDING),
    "View": given(
        **STANDING,
        readings=listed(given(seq=WHOLE, at=WHOLE, time={}, values=VALUES, prediction=PREDICTION, truth={})),
        memory=given(carried=listed({"type": "number"}), kept=given(steps=WHOLE, columns={"type": "object"})),
    ),
    "Records": given(
        records=listed(
            given(
                stream=NAME,
                epoch=WHOLE,
                seq=WHOLE,
                digest={"type": "string"},
                at=WHOLE,
                time={"type": ["integer", "null"]},
                norm={"type": ["number", "null"]},
                inputs=CODED,
                prediction=CODED,
                truth={"type": ["string", "null"], "contentEncoding": "base64"},
            )
        ),
        after=listed({"type": "integer"}),
    ),
    "ShadowRun": given(
        served={"type": "string", "description": "Digest of the model that is served."},
        shadow={
            "type": ["string", "null"],
            "description": "Of the one beside it; null: there is none.",
        },
        problem={"type": ["string", "null"]},
        followed=WHOLE | {"description": "Readings."},
        streams=WHOLE,
        left_out=WHOLE,
        quality={"type": "object", "description": "Means of both over the answers that could be judged, by signal."},
        apart={"type": "object", "description": "Of each output how far answers lie apart; of labels how often."},
    ),
    "Ended": given(stream=NAME, ended={"const": True}),
    "Page": given(streams=listed(NAME), after={"type": ["string", "null"]}, count=WHOLE),
    "Model": given(**MODEL),
    "ModelChange": given(**MODEL, before={"type": ["string", "null"], "description": "Digest; null: it is the same."}),
    "Truths": closed("truths", epoch=WHOLE, truths=TRUTHS),
    "Frame": closed("stream readings", id=MARK, stream=NAME, epoch=MAYBE, readings=READINGS),
    "TruthFrame": closed("stream truths", id=MARK, stream=NAME, epoch=WHOLE, truths=TRUTHS),
    "ToldTruths": given(stream=NAME, epoch=WHOLE, told=WHOLE, missing=listed(WHOLE)),
    "Watched": given(
        state={"enum": ["ok", "insufficient", "drift"]},
        counts={"type": "object"},
        alerts={"type": "object"},
        signals=listed({"type": "object"}),
    ),
    "Health": given(status={"type": "string"}),
    "Error": given(
        code={"type": "string", "description": "One word for programs."},
        where={"type": "string"},
        expected={"type": "string"},
        came={"type": "string"},
        fix={"type": "string"},
    ),
    "Refused": given(error=part("Error")),
}
