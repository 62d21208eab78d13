"""A client of another house, unchanged: Triton's own."""

import socket
import threading
from contextlib import contextmanager

import numpy as np
import polars as pl
import pytest
import uvicorn

import seqloom
from seqloom.artifact import load
from seqloom.live import Call, Engine, Reading
from seqloom.serve import App, Tokens
from seqloom.serve.connection import Connection
from seqloom.store import MemoryStore
from tests.live.conftest import classes

triton = pytest.importorskip("tritonclient.http", reason="Triton's client is not installed")
HOURS = np.arange("2024-03-01", "2024-03-08", dtype="datetime64[h]")
NUMBERS = {
    np.float16: "FP16",
    np.float32: "FP32",
    np.float64: "FP64",
    np.int8: "INT8",
    np.int16: "INT16",
    np.int32: "INT32",
    np.int64: "INT64",
    np.uint8: "UINT8",
    np.uint16: "UINT16",
    np.uint32: "UINT32",
    np.uint64: "UINT64",
    np.bool_: "BOOL",
}


@contextmanager
def served(bundle, tokens=None):
    """A client of a server of this model."""
    app = App(Engine(bundle, MemoryStore(), records=True), tokens, name="mine")
    config = uvicorn.Config(app, http=Connection, lifespan="on", log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            with triton.InferenceServerClient(f"127.0.0.1:{listener.getsockname()[1]}") as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(30)


def put(name, values, *, binary=True):
    """An input as the client has it."""
    kind = NUMBERS.get(values.dtype.type, "BYTES")
    return triton.InferInput(name, list(values.shape), kind).set_data_from_numpy(values, binary_data=binary)


def words(*values):
    """Texts as the client has them."""
    return np.array(values, dtype=object)


def outputs(client, inputs, **more):
    """All outputs of an inference as arrays, and the JSON."""
    found = client.infer("mine", inputs, **more)
    return {one["name"]: found.as_numpy(one["name"]) for one in found.get_response()["outputs"]}, found.get_response()


def plain(array):
    """Texts where there were bytes."""
    return [one.decode() if isinstance(one, bytes) else one for one in array.reshape(-1).tolist()]


@pytest.fixture(scope="module")
def forecaster(tmp_path_factory):
    """A forecaster of hours, with a column that is known ahead."""
    rng = np.random.default_rng(3)
    table = pl.DataFrame(
        {"at": HOURS.astype("datetime64[us]"), "plan": rng.normal(size=len(HOURS)), "load": rng.normal(size=len(HOURS))}
    )
    settings = {"known": ["plan"], "time": "at"}
    model = seqloom.Forecaster(horizon=2, lookback=4, hidden_size=4, epochs=1, settings=settings)
    return load(model.fit(table, target="load").save(tmp_path_factory.mktemp("model") / "load.loom"))


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    """A classifier of two numbers, a category, a time and a column with one value per stream."""
    return load(classes("last")[0].save(tmp_path_factory.mktemp("model") / "kind.loom"))


@pytest.fixture(scope="module")
def language(tmp_path_factory):
    """A language model of characters."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "lines.txt").write_text("to be or not to be\nthat is the question\n" * 30, encoding="utf-8")
    settings = {"threads": 1, "batch_size": 4, "truncate": 16}
    model = seqloom.LanguageModel(hidden_size=6, epochs=1, settings=settings).fit(folder / "lines.txt")
    return load(model.save(folder / "lines.loom"))


@pytest.fixture(scope="module")
def client(classifier):
    """One who asks the classifier."""
    with served(classifier) as found:
        yield found


def example_inputs(first, stop, *, binary=True):
    """Inputs of the classifier: some of its readings."""
    steps = np.arange(first, stop, dtype=np.float64)
    inputs = [
        put("a", np.sin(steps), binary=binary),
        put("b", np.cos(steps).astype(np.float32).reshape(-1, 1), binary=binary),
        put("mode", words(*["on" if step % 2 else "off" for step in range(first, stop)]), binary=binary),
        put("at", steps, binary=binary),
    ]
    return inputs if first else [*inputs, put("size", np.array([3], np.int64), binary=binary)]


def expected(bundle, count):
    """What streams of the engine answer to the same readings."""
    readings = [
        Reading(
            {"a": float(np.sin(step)), "b": float(np.float32(np.cos(step))), "mode": "on" if step % 2 else "off"}
            | ({} if step else {"size": 3}),
            float(step),
        )
        for step in range(count)
    ]
    (reply,) = Engine(bundle, MemoryStore()).read([Call("x", readings)])
    return [answer for _, answer in reply.answers]


def test_it_finds_a_server_that_lives_and_a_model_that_is_ready(client, classifier):
    """By name, and by version."""
    version = classifier.digest[:12]
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready("mine")
    assert client.is_model_ready("mine", version)
    assert not client.is_model_ready("other")
    assert client.get_server_metadata()["name"] == "seqloom"
    assert client.get_model_metadata("mine", version)["versions"] == [version]


@pytest.mark.parametrize("binary", [True, False])
def test_a_sequence_is_answered_reading_by_reading(client, classifier, binary):
    """As streams of the engine are, whether tensors are bytes or JSON, whichever way outputs are asked for."""
    mark = f"stream {binary}"
    wanted = [triton.InferRequestedOutput(name, binary_data=binary) for name in ("prediction", "probability_odd")]
    first, document = outputs(
        client, example_inputs(0, 1, binary=binary), sequence_id=mark, sequence_start=True, outputs=wanted
    )
    rest, _ = outputs(client, example_inputs(1, 5, binary=binary), sequence_id=mark, sequence_end=True)
    told = expected(classifier, 5)
    for name in ("prediction", "probability_odd"):
        found = plain(first[name]) + plain(rest[name])
        assert found == pytest.approx([answer[name] for answer in told], abs=1e-6) if "_" in name else found
    assert plain(first["prediction"]) + plain(rest["prediction"]) == [answer["prediction"] for answer in told]
    assert set(first) == {"prediction", "probability_odd"}
    assert document["parameters"]["epoch"] == 0


def test_a_whole_sequence_is_answered_once(client, classifier):
    """Without a sequence_id nothing is kept."""
    found, document = outputs(client, example_inputs(0, 4), request_id="mine")
    assert document["id"] == "mine"
    assert plain(found["prediction"]) == [expected(classifier, 4)[-1]["prediction"]]


def test_what_is_asked_twice_is_read_once(client):
    """With the number and the epoch as parameters of our own."""
    start = {"sequence_id": 9, "sequence_start": True, "parameters": {"seq": 0, "epoch": 2}}
    end = {"sequence_id": 9, "sequence_end": True, "parameters": {"seq": 2, "epoch": 2}}
    for inputs, more in ((example_inputs(0, 2), start), (example_inputs(2, 3), end)):
        (first, one), (second, other) = outputs(client, inputs, **more), outputs(client, inputs, **more)
        assert one["parameters"] == other["parameters"]
        for name, values in first.items():
            np.testing.assert_array_equal(values, second[name])


@pytest.mark.parametrize("kind", NUMBERS, ids=NUMBERS.values())
@pytest.mark.parametrize("binary", [True, False])
def test_numbers_of_every_datatype_are_taken(client, kind, binary):
    """A one is a one, and it is answered as such."""
    others = example_inputs(0, 1)[1:]
    expected, _ = outputs(client, [put("a", np.ones(1)), *others])
    found, _ = outputs(client, [put("a", np.ones((1, 1), kind), binary=binary), *others])
    np.testing.assert_array_equal(found["probability_odd"], expected["probability_odd"])


def test_a_mistake_is_told_with_its_place(client):
    """As an exception of the client's, with the status."""
    with pytest.raises(triton.InferenceServerException, match=r"body.inputs\[0\].name: expected each of a, b, mode"):
        client.infer("mine", [put("nobody", np.ones(1))])
    with pytest.raises(triton.InferenceServerException) as found:
        client.infer("mine", example_inputs(3, 4), sequence_id=77, parameters={"seq": 3})
    assert found.value.status() == "409"
    assert "expected reading 0, came 3" in found.value.message()
    with pytest.raises(triton.InferenceServerException, match="expected 'mine', came 'other'"):
        client.get_model_metadata("other")


def test_a_forecaster_waits_and_then_tells_several_steps(forecaster):
    """Readings one by one, with time stamps as texts or as microseconds, and the plan of the hours to come."""
    rng = np.random.default_rng(1)
    plan, loads = rng.normal(size=12), rng.normal(size=12)
    stamps = (HOURS[0] + np.arange(12)).astype("datetime64[us]")
    (reply,) = Engine(forecaster, MemoryStore()).read(
        [
            Call(
                "x",
                [
                    Reading(
                        {"load": float(loads[step]), "plan": float(plan[step])},
                        str(stamps[step]),
                        [{"plan": float(plan[step + 1])}, {"plan": float(plan[step + 2])}],
                    )
                    for step in range(6)
                ],
            )
        ]
    )
    with served(forecaster) as client:
        described = {one["name"]: one for one in client.get_model_metadata("mine")["inputs"]}
        assert described["at"]["datatype"] == "BYTES"
        assert described["plan.ahead"]["shape"] == [-1, 2]
        for step, (_, answer) in enumerate(reply.answers):
            inputs = [put("load", loads[step : step + 1]), put("plan", plan[step : step + 1])]
            inputs.append(put("plan.ahead", plan[None, step + 1 : step + 3]))
            stamp = words(str(stamps[step])) if step % 2 else stamps[step : step + 1].astype(np.int64)
            found, _ = outputs(client, [*inputs, put("at", stamp)], sequence_id=1, sequence_start=step == 0)
            assert found["waiting"].tolist() == [answer.get("waiting", 0)]
            assert found["load"].shape == (1, 2)
            if "waiting" in answer:
                assert np.isnan(found["load"]).all()
                assert plain(found["time"]) == ["", ""]
            else:
                np.testing.assert_allclose(found["load"][0], answer["load"], rtol=1e-5, atol=1e-6)
                assert plain(found["time"]) == answer["time"]


def test_a_language_model_tells_what_comes_next(language):
    """Tokens go in as texts and come out as such."""
    (reply,) = Engine(language, MemoryStore()).read([Call("x", [Reading({"text": text}) for text in ("to ", "be")])])
    with served(language) as client:
        found, _ = outputs(client, [put("text", words("to ", b"be"))], sequence_id="book")
        alone, _ = outputs(client, [put("text", words("to ", "be"))])
    for place, (_, answer) in enumerate(reply.answers):
        assert found["next_1"][place].decode() == answer["next_1"]
        assert found["surprise"][place] == pytest.approx(answer["surprise"], abs=1e-5)
    assert alone["next_1"].tolist() == found["next_1"][1:].tolist()


def test_a_token_opens_the_door(classifier):
    """Without it nothing but health is told."""
    with served(classifier, Tokens(["a-token-of-a-client"])) as client:
        assert client.is_server_ready()
        with pytest.raises(triton.InferenceServerException, match="expected a token of this server"):
            client.get_model_metadata("mine")
        headers = {"authorization": "Bearer a-token-of-a-client"}
        assert client.infer("mine", example_inputs(0, 1), headers=headers).as_numpy("prediction").shape == (1,)
