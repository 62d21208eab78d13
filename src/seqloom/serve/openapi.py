"""The description of the server for programs, OpenAPI 3.1, and the same as a page."""

from html import escape
from typing import Any

import orjson

from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.inference import MODEL, PREFIX, VERSION
from seqloom.serve.inference import SCHEMAS as INFERENCE
from seqloom.serve.schemas import LIMITS, NAME, SCHEMAS, part
from seqloom.version import __version__

Part = dict[str, Any]
ERRORS = {
    "400": "The body is no JSON.",
    "401": "There is no token of this server.",
    "403": "The token is not one of an administrator, or a page of the web asks a server without tokens.",
    "404": "There is no such stream, or model.",
    "405": "The path has other methods.",
    "408": "The request did not arrive in time.",
    "409": "Readings are missing (`number` is the one expected), the model is another, or the stream is there already.",
    "412": "The epoch is another; `number` is the present one.",
    "413": f"The body has more than {LIMITS.body} bytes, or as many as the server was told to take.",
    "415": "The body is not application/json, or is packed.",
    "422": "A field or a value cannot be used; readings before it are acknowledged and answered.",
    "429": "Too many calls wait, or streams are there; nothing was read. Send it again after `Retry-After` seconds.",
    "503": "The store does not commit, or the server is closing; nothing was acknowledged.",
}
READ: list[Part] = [{"token": []}]
ADMINISTER: list[Part] = [{"administrator": []}]
STREAM = {"name": "stream", "in": "path", "required": True, "schema": NAME, "description": "Name, percent-encoded."}
LIMIT = {"type": "integer", "minimum": 1, "maximum": LIMITS.streams, "default": 100}
NAMES = [
    {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    for name in ("model", "version")
]
JSON_BYTES = {
    "name": "Inference-Header-Content-Length",
    "in": "header",
    "schema": {"type": "integer", "minimum": 1},
    "description": "Bytes of the JSON, where tensors follow it as bytes.",
}
BINARY = "application/octet-stream"
ALL = SCHEMAS | INFERENCE
OF_BODY, OF_STREAM = "400 401 403 405 408 409 412 413 415 422 429 503", "401 403 404 405 409 422 429 503"


def _content(*schemas: str) -> Part:
    schema = part(schemas[0]) if len(schemas) == 1 else {"anyOf": [part(name) for name in schemas]}
    return {"content": {"application/json": {"schema": schema}}}


def _does(
    title: str, answer: str, errors: str, *, body: str = "", right: list[Part] = READ, refused: str = "Refused"
) -> Part:
    """One method of a path."""
    found: Part = {"summary": title, "operationId": "-".join(title.lower().replace(",", "").split()[:6])}
    found["security"] = right
    if body:
        found["requestBody"] = {"required": True, **_content(body)}
    wrong = {code: {"description": ERRORS[code], **_content(refused)} for code in errors.split()}
    found["responses"] = {"200": {"description": "Done.", **_content(answer)}, **wrong}
    return found


def _administers(title: str, answer: str, *, body: str = "") -> Part:
    errors = f"{OF_STREAM} 400 408 413 415" if body else OF_STREAM
    return _does(title, answer, " ".join(sorted(errors.split())), body=body, right=ADMINISTER)


def _text(title: str, kind: str, *, right: list[Part]) -> Part:
    found = _does(title, "Refused", "401 403 405" if right else "405", right=right)
    found["responses"]["200"]["content"] = {kind: {"schema": {"type": "string"} if kind != "application/json" else {}}}
    return found


def _recent() -> Part:
    found = _does("What a stream was sent and answered last", "View", OF_STREAM)
    return found | {"parameters": [{"name": "limit", "in": "query", "schema": LIMIT}]}


def _records() -> Part:
    found = _does("Records in the order they were made", "Records", "401 403 405 422 429 503", right=ADMINISTER)
    place = {"type": "string", "pattern": "^-?[0-9]+,-?[0-9]+$", "default": "0,-1"}
    told = "The two numbers that the page before told; a time in microseconds since 1970 and -1: from then on."
    return found | {"parameters": [{"name": "after", "in": "query", "schema": place, "description": told}]}


def _paths() -> Part:
    readings = _does("Read on with a stream", "Reply", OF_BODY, body="Readings")
    readings["responses"]["422"] = {"description": ERRORS["422"], **_content("WrongReply", "Refused")}
    page = _does("Names of streams in order", "Page", "401 403 405 422 429 503")
    page["parameters"] = [
        {"name": "after", "in": "query", "schema": NAME | {"minLength": 0}, "description": "Those that follow it."},
        {"name": "limit", "in": "query", "schema": LIMIT},
    ]
    one = f"{'/v1/streams/'}{{stream}}"
    return {
        f"{one}/readings": {"parameters": [STREAM], "post": readings},
        "/v1/readings": {"post": _does("Read on with many streams", "ManyReplies", OF_BODY, body="ManyReadings")},
        "/v1/predict": {"post": _does("Predict whole sequences", "Predictions", OF_BODY, body="Sequences")},
        "/v1/streams": {"get": page},
        one: {
            "parameters": [STREAM],
            "get": _does("How far a stream is", "Standing", OF_STREAM),
            "delete": _administers("End a stream", "Ended"),
        },
        f"{one}/recent": {"parameters": [STREAM], "get": _recent()},
        f"{one}/reset": {
            "parameters": [STREAM],
            "post": _does("Begin a stream anew", "Standing", f"404 {OF_BODY}", right=ADMINISTER),
        },
        f"{one}/fork": {"parameters": [STREAM], "post": _administers("Copy a stream", "Standing", body="Fork")},
        f"{one}/snapshot": {"parameters": [STREAM], "get": _administers("All there is of a stream", "Snapshot")},
        f"{one}/restore": {
            "parameters": [STREAM],
            "post": _administers("Put a snapshot back", "Standing", body="Restore"),
        },
        f"{one}/truth": {
            "parameters": [STREAM],
            "post": _does("Say what came true", "ToldTruths", OF_BODY + " 404", body="Truths"),
        },
    }


def _model_paths() -> Part:
    """Paths of models: what is served, what it said, and how it stands."""
    return {
        "/v1/records": {"get": _records()},
        "/v1/model": {
            "get": _does("The model that is served", "Model", "401 403 405 429 503"),
            "post": _administers("Let another model take its place", "ModelChange"),
        },
        "/v1/monitor": {"get": _watched()},
        "/v1/shadow": {"get": _does("How the shadow of the model stands", "ShadowRun", "401 403 404 405 429 503")},
    }


def _about() -> Part:
    """Paths that say how the server itself is."""
    return {
        "/healthz": {"get": _does("Whether the process answers", "Health", "405", right=[])},
        "/readyz": {"get": _does("Whether the store commits", "Health", "405 503", right=[])},
        "/metrics": {"get": _text("Counters for Prometheus", "text/plain", right=READ)},
        "/openapi.json": {"get": _text("This document", "application/json", right=[])},
        "/docs": {"get": _text("This document as a page", "text/html", right=[])},
    }


def _inference_paths() -> Part:
    """Those of the Open Inference Protocol: all of a model once more with its version."""
    found: Part = {
        PREFIX: {"get": _infers("What this server is", "Server", "401 403 405")},
        f"{PREFIX}/health/live": {"get": _infers("Whether the server answers", "Live", "405", right=[])},
        f"{PREFIX}/health/ready": {"get": _ready("Whether the server can answer readings", "Ready", "405", right=[])},
    }
    for base, named, which in ((MODEL, [NAMES[0]], ""), (VERSION, NAMES, " of this version")):
        infer = _infers(f"Infer with the model{which}", "InferResponse", f"404 {OF_BODY}", body="InferRequest")
        for both in (infer["requestBody"], infer["responses"]["200"]):
            both["content"][BINARY] = {"schema": {"description": "JSON, and behind it the tensors that are bytes."}}
        infer["parameters"] = [JSON_BYTES]
        ready = _ready(f"Whether the model{which} can answer", "ModelReady", "401 403 404 405 429")
        model = _infers(f"What the model{which} takes and gives", "ModelTensors", "401 403 404 405 429 503")
        found[base] = {"parameters": named, "get": model}
        found[f"{base}/ready"] = {"parameters": named, "get": ready}
        found[f"{base}/infer"] = {"parameters": named, "post": infer}
    return found


def _infers(title: str, answer: str, errors: str, *, body: str = "", right: list[Part] = READ) -> Part:
    return _does(title, answer, errors, body=body, right=right, refused="Problem")


def _ready(title: str, answer: str, errors: str, *, right: list[Part] = READ) -> Part:
    found = _infers(title, answer, errors, right=right)
    found["responses"]["503"] = {"description": ERRORS["503"], **_content(answer)}
    return found


def _watched() -> Part:
    watched = _does("How streams stand", "Watched", "401 403 404 405 422")
    short = {"type": "string", "enum": ["0", "1"], "default": "1"}
    watched["parameters"] = [
        {"name": "history", "in": "query", "schema": short, "description": "0: without how each signal went."}
    ]
    return watched


SOCKET = "/v1/stream"
DOCUMENT: Part = {
    "openapi": "3.1.0",
    "info": {
        "title": "seqloom",
        "version": __version__,
        "description": "Live streams of a recurrent model: a reading in, a prediction out, durable before it is "
        "acknowledged. A WebSocket at /v1/stream takes the same, one call in each frame, and truths, as JSON or "
        "msgpack: see Frame and TruthFrame.",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    },
    "x-websockets": {SOCKET: {"frames": [part("Frame"), part("TruthFrame")]}},
    "paths": _paths() | _model_paths() | _about() | _inference_paths(),
    "components": {
        "schemas": ALL,
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Of a client or an administrator."},
            "administrator": {"type": "http", "scheme": "bearer", "description": "Of an administrator."},
        },
    },
}


def page() -> str:
    """The document as HTML that needs nothing else."""
    rows = [
        f"<tr><td><code>{method.upper()} {escape(path)}</code><td>{escape(does['summary'])}"
        f"<td>{'administrator' if does['security'] == ADMINISTER else 'token' if does['security'] else 'nothing'}"
        for path, methods in DOCUMENT["paths"].items()
        for method, does in methods.items()
        if method != "parameters"
    ]
    errors = [f"<tr><td>{code}<td>{escape(text)}" for code, text in ERRORS.items()]
    parts = [
        f"<h3>{name}</h3><pre>{escape(orjson.dumps(schema, option=orjson.OPT_INDENT_2).decode())}</pre>"
        for name, schema in ALL.items()
    ]
    style = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;"
    style += "padding:.2rem 1rem .2rem 0;vertical-align:top}pre{background:#f4f4f4;padding:.8rem;overflow:auto}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>seqloom {__version__}</title><style>{style}</style><h1>seqloom {__version__}</h1>"
        f"<p>{escape(DOCUMENT['info']['description'])}</p><p>For programs: <a href=/openapi.json>openapi.json</a>.</p>"
        f"<table><tr><th>Path<th>What it does<th>Needs{''.join(rows)}</table>"
        f"<h2>Errors</h2><table>{''.join(errors)}</table><h2>Parts</h2>{''.join(parts)}"
    )


async def described(asked: Asked) -> Answer:  # noqa: ARG001 - as every handler
    """The document."""
    return Answer.of(DOCUMENT)


async def explained(asked: Asked) -> Answer:  # noqa: ARG001 - as every handler
    """The page."""
    policy = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'")
    return Answer(page().encode(), kind=b"text/html; charset=utf-8", headers=[policy])
