"""Handlers of the protocol, asked without a client of its own."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from seqloom.live import Engine
from seqloom.serve import App, Limits
from tests.serve.inference.conftest import asked, opened, packed, tensor, texts

PATH = "/v2/models/model/infer"


def test_the_server_says_what_it_is(client):
    """With the extensions it has."""
    found = client.get("/v2").json()
    assert found["name"] == "seqloom"
    assert set(found["extensions"]) == {"binary_tensor_data", "sequence", "sequence(string_id)", "parameters"}


def test_health_is_that_of_the_store(client, store):
    """The process lives although the store refuses; then neither server nor model is ready."""
    paths = ("/v2/health/live", "/v2/health/ready", "/v2/models/model/ready")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    store.failures = 2
    assert [client.get(path).status_code for path in paths] == [200, 503, 503]
    assert client.get("/v2/models/model/ready").json()["ready"] is True


def test_a_model_says_what_it_takes_and_gives(client, engine):
    """By its name, and by its version, which is the beginning of its digest."""
    found = client.get("/v2/models/model").json()
    assert found == client.get(f"/v2/models/model/versions/{engine.digest[:12]}").json()
    assert found["inputs"] == [
        {"name": "a", "datatype": "FP64", "shape": [-1]},
        {"name": "mode", "datatype": "BYTES", "shape": [-1]},
    ]
    assert found["outputs"] == [{"name": "level", "datatype": "FP64", "shape": [-1]}]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/v2/models/other", "path, model: expected 'model', came 'other'; correct the path"),
        ("/v2/models/%ff/ready", r"path, model: expected 'model', came '\ufffd'; correct the path"),
        ("/v2/models/model/versions/1", "path, version: expected "),
        ("/v2/models/model/config", "path: expected one that is served"),
    ],
)
def test_what_is_not_there_is_404(client, path, message):
    """In the protocol's words: an error is a sentence."""
    found = client.get(path)
    assert found.status_code == 404
    assert message in found.json()["error"]


def test_a_model_may_have_any_name(engine, reading):
    """Percent-encoded in the path."""
    with TestClient(App(engine, name="water/pump 7 ä"), base_url="http://127.0.0.1") as client:
        found = client.post("/v2/models/water%2Fpump%207%20%C3%A4/infer", json=reading())
    assert found.json()["model_name"] == "water/pump 7 ä"


def test_readings_go_on_with_a_stream(client, infer, reading, body):
    """The same that other paths read on with: what is answered is what they answer."""
    told, document = infer(reading(1.0, 2.0, sequence_id=7))
    assert document["parameters"] == {
        "sequence_id": 7,
        "sequence_start": False,
        "sequence_end": False,
        "epoch": 0,
        "seq": 0,
        "acknowledged": 2,
    }
    other = {"readings": [{"values": {"a": value, "mode": "on"}} for value in (1.0, 2.0)]}
    other = client.post("/v1/streams/x/readings", json=other).json()["predictions"]
    assert told["level"] == [one["prediction"]["level"] for one in other]
    assert client.get("/v1/streams/7").json()["acknowledged"] == 2
    assert infer(reading(sequence_id="7"))[1]["parameters"]["seq"] == 2


def test_without_a_sequence_nothing_is_kept(client, infer, reading, store):
    """One answer, what follows the last reading."""
    commits = store.commits
    told, document = infer({**reading(1.0, 2.0), "id": "mine"})
    assert (document["id"], document["outputs"][0]["shape"]) == ("mine", [1])
    assert store.commits == commits
    assert told["level"] == pytest.approx([infer(reading(1.0, 2.0, sequence_id=7))[0]["level"][1]], abs=1e-6)


def test_bytes_mean_what_json_means(client, infer, reading):
    """In and out, and both mixed."""
    expected, _ = infer(reading(1.5, 2.5))
    head = asked(
        {"name": "a", "shape": [2, 1], "datatype": "FP32", "parameters": {"binary_data_size": 8}},
        {"name": "mode", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 12}},
        binary_data_output=True,
    )
    raw = np.array([1.5, 2.5], "<f4").tobytes()
    found, _ = opened(client.post(PATH, **packed(head, raw, texts(b"on", b"on"))))
    assert np.frombuffer(found["level"], "<f8").tolist() == expected["level"]
    mixed = asked(head["inputs"][0], tensor("mode", ["on", "on"], "BYTES"))
    assert opened(client.post(PATH, **packed(mixed, raw)))[0] == expected


def test_a_start_begins_anew_and_an_end_leaves_nothing(client, infer, reading):
    """Each start another epoch; after an end the stream is not there."""
    first, _ = infer(reading(1.0, sequence_id=7))
    infer(reading(2.0, sequence_id=7))
    again, document = infer(reading(1.0, sequence_id=7, sequence_start=True))
    assert (again, document["parameters"]["epoch"]) == (first, 1)
    assert infer(reading(sequence_id=7, sequence_start=True))[1]["parameters"]["epoch"] == 2
    _, document = infer(reading(2.0, sequence_id=7, sequence_end=True))
    assert document["parameters"]["acknowledged"] == 2
    assert client.get("/v1/streams/7").status_code == 404


def test_what_is_sent_twice_is_read_once(client, infer, reading):
    """Start, reading and end: each is answered as it was."""
    start = reading(1.0, sequence_id=7, sequence_start=True, seq=0, epoch=4)
    second = reading(2.0, sequence_id=7, seq=1, epoch=4)
    end = reading(3.0, sequence_id=7, seq=2, epoch=4, sequence_end=True)
    told = [infer(document) for document in (start, second)]
    again = [infer(document) for document in (start, second)]
    assert [tensors for tensors, _ in again] == [tensors for tensors, _ in told]
    assert [document["parameters"]["acknowledged"] for _, document in again] == [2, 2]
    last = infer(end)
    assert last[1]["parameters"]["acknowledged"] == 3
    assert infer(end) == last


def test_a_start_and_end_in_one_is_a_sequence(client, infer, reading):
    """Sent twice it is read twice, to the same answer, and nothing is left."""
    whole = reading(1.0, 2.0, sequence_id=7, sequence_start=True, sequence_end=True)
    assert infer(whole) == infer(whole)
    assert client.get("/v1/streams/7").status_code == 404


def test_a_gap_and_an_earlier_epoch_are_told(client, infer, reading):
    """With the number that is expected."""
    infer(reading(sequence_id=7, sequence_start=True, epoch=3))
    found = client.post(PATH, json=reading(sequence_id=7, seq=5))
    assert (found.status_code, found.json()["code"], found.json()["number"]) == (409, "gap", 1)
    found = client.post(PATH, json=reading(sequence_id=7, sequence_start=True, epoch=2))
    assert (found.status_code, found.json()["code"], found.json()["number"]) == (412, "epoch", 3)


def test_readings_before_a_wrong_one_are_acknowledged(client, reading):
    """The error says how many; a stream whose first reading is wrong does not begin anew."""
    wrong = asked(tensor("a", [1.0, 1e300], "FP32"), tensor("mode", ["on", "on"], "BYTES"), sequence_id=7)
    found = client.post(PATH, json=wrong).json()
    assert found["error"].startswith("stream '7', reading 1, column 'a'")
    assert (found["epoch"], found["acknowledged"], found["code"]) == (0, 1, "invalid")
    found = client.post(PATH, json=asked(tensor("a", ["x"], "BYTES"), sequence_id=7, sequence_start=True)).json()
    assert "epoch" not in found
    assert client.get("/v1/streams/7").json() == {"stream": "7", "epoch": 0, "acknowledged": 1}


def test_an_answer_that_is_no_longer_kept_is_told(bundle, store, reading):
    """It is not a number that nobody knows."""
    with TestClient(App(Engine(bundle, store)), base_url="http://127.0.0.1") as client:
        for _ in range(3):
            client.post(PATH, json=reading(sequence_id=7))
        found = client.post(PATH, json=reading(sequence_id=7, seq=0))
    assert (found.status_code, found.json()["code"]) == (409, "forgotten")
    assert found.json()["error"].endswith("go on with reading 3")


def test_a_store_that_refuses_acknowledges_nothing(client, store, infer, reading):
    """Neither a reading, nor a start, nor an end."""
    infer(reading(sequence_id=7))
    for parameters in ({}, {"sequence_start": True}, {"sequence_end": True}):
        store.failures = 1
        found = client.post(PATH, json=reading(sequence_id=7, **parameters))
        assert (found.status_code, found.headers["retry-after"]) == (503, "1")
        assert "/a/path" not in found.text
        assert client.get("/v1/streams/7").json() == {"stream": "7", "epoch": 0, "acknowledged": 1}


def test_tokens_are_asked_for(guarded, bearer, reading):
    """As everywhere; whether the server lives is no secret."""
    assert guarded.get("/v2/health/live").status_code == 200
    for path in ("/v2", "/v2/models/model", "/v2/models/model/ready"):
        assert guarded.get(path).status_code == 401
        assert guarded.get(path, headers=bearer("client")).status_code == 200
    refused = guarded.post(PATH, json=reading())
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.json()["error"].startswith("header authorization: expected a token of this server")
    assert guarded.post(PATH, json=reading(), headers=bearer("client")).status_code == 200


def test_other_bodies_and_methods_are_refused(client, narrow):
    """In the protocol's words."""
    assert client.get(PATH).json()["code"] == "method"
    assert client.post(PATH, content=b"{}", headers={"content-type": "text/plain"}).json()["code"] == "media-type"
    packed_away = client.post(PATH, content=b"{}", headers={"content-encoding": "gzip"})
    assert (packed_away.status_code, packed_away.json()["code"]) == (415, "encoding")
    assert client.post(PATH, content=b"{").status_code == 400
    assert client.post(PATH, content=b"[" * 2000).status_code == 400
    assert narrow.post(PATH, content=bytes(2001)).status_code == 413


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.binary(max_size=60), st.none() | st.integers(0, 80), st.booleans())
def test_any_bytes_are_answered_by_a_refusal(client, raw, size, front):
    """Never by a failure; behind JSON that is right, and alone."""
    head = json.dumps(asked({"name": "a", "shape": [2], "datatype": "FP32", "parameters": {"binary_data_size": 8}}))
    headers = {} if size is None else {"inference-header-content-length": str(size if front else len(head))}
    found = client.post(PATH, content=raw if front else head.encode() + raw, headers=headers)
    assert found.status_code in ({400, 422} if front or len(raw) != 8 else {200, 400, 422})
    if found.status_code != 200:
        assert type(found.json()["error"]) is str


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.sampled_from(["a", "mode", "FP32", "BYTES", "INT64", "level"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["name", "shape", "datatype", "data", "parameters", "sequence_id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
INPUT = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "mode", "zz"]) | ANYTHING,
        "datatype": st.sampled_from(["FP32", "BYTES", "INT64", "BOOL"]) | ANYTHING,
        "shape": st.sampled_from([[1], [1, 1], [2], [0], [2**62, 4]]) | ANYTHING,
        "data": st.sampled_from([[1], ["on"], [True], [[1]], [1, 2], [None]]) | ANYTHING,
    },
    optional={"parameters": ANYTHING},
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([0, 1, 2**63 - 1, 2**64 - 1, "a", True, False, None])
        for name in ("sequence_id", "sequence_start", "sequence_end", "seq", "epoch", "binary_data_output")
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(
    st.fixed_dictionaries(
        {"inputs": st.lists(INPUT, max_size=3) | ANYTHING},
        optional={"parameters": PARAMETERS | ANYTHING, "outputs": ANYTHING, "id": ANYTHING},
    )
)
def test_any_document_is_answered(client, document):
    """With tensors, or a sentence about what is wrong."""
    found = client.post(PATH, json=document)
    if found.status_code == 200:
        opened(found)
    else:
        assert found.status_code in (409, 412, 422)
        assert type(found.json()["error"]) is str


def test_a_request_may_not_be_larger_than_is_taken(engine):
    """Readings are counted before anything is made of them."""
    with TestClient(App(engine, limits=Limits(readings=2)), base_url="http://127.0.0.1") as client:
        found = client.post(PATH, json=asked(tensor("a", [1.0] * 3)))
    assert found.json()["error"] == "body.inputs[0].shape[0]: expected 1 to 2 readings, came 3; correct it"
