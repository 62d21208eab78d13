"""A small model, stores that fail or wait, and a server in this process."""

import threading

import numpy as np
import polars as pl
import pytest
from starlette.testclient import TestClient

import seqloom
from seqloom.artifact import load
from seqloom.errors import StorageError
from seqloom.live import Engine
from seqloom.serve import App, Limits, Tokens
from seqloom.store import MemoryStore

CLIENT, ADMINISTRATOR = "a-token-of-a-client", "a-token-of-an-administrator"


class WaitingStore(MemoryStore):
    """A store whose commits wait until they are let go, and fail as often as they are told to."""

    def __init__(self):
        super().__init__()
        self.go, self.begun = threading.Event(), threading.Event()
        self.go.set()
        self.failures = 0
        self.commits = 0

    def commit(self, change):
        """As it was told."""
        self.begun.set()
        assert self.go.wait(10)
        if self.failures:
            self.failures -= 1
            raise StorageError("/a/path/of/the/server", expected="room", came="none", fix="make some")
        self.commits += 1
        super().commit(change)


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The path of a saved model that tells a value at each step."""
    rng = np.random.default_rng(5)
    rows = [
        {"id": f"s{one}", "a": float(value), "mode": str(rng.choice(["on", "off"])), "level": float(value / 2)}
        for one in range(8)
        for value in rng.normal(size=12)
    ]
    settings = {"group": "id", "members": 1}
    fitted = seqloom.SequenceRegressor(cell="gru", hidden_size=4, epochs=1, settings=settings)
    path = tmp_path_factory.mktemp("model") / "level.loom"
    fitted.fit(pl.DataFrame(rows), target="level").save(path)
    return path


@pytest.fixture(scope="session")
def bundle(model):
    """The model, loaded."""
    return load(model)


@pytest.fixture(scope="session")
def detector(tmp_path_factory):
    """A small detector of anomalies that is judged by marks, loaded."""
    rng = np.random.default_rng(6)
    table = pl.DataFrame({"flow": rng.normal(size=300), "odd": np.arange(300) % 20 == 0}).cast({"odd": pl.Int64})
    settings = {"hidden_size": 4, "ahead": 1, "smoothing": 1, "threads": 1, "against": "none"}
    fitted = seqloom.AnomalyDetector(epochs=1, settings=settings).fit(table, marks="odd")
    return load(fitted.save(tmp_path_factory.mktemp("detector") / "flow.loom"))


@pytest.fixture
def store():
    """A store that does what it is told."""
    return WaitingStore()


@pytest.fixture
def engine(bundle, store):
    """Streams in that store."""
    return Engine(bundle, store, records=True)


@pytest.fixture
def client(engine):
    """One who asks a server without tokens."""
    with TestClient(App(engine), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture
def guarded(engine):
    """One who asks a server with tokens."""
    with TestClient(App(engine, Tokens([CLIENT], [ADMINISTRATOR]))) as found:
        yield found


@pytest.fixture
def narrow(engine):
    """One who asks a server that takes little."""
    limits = Limits(body=2000, text=50, readings=3, streams=3, waiting=4, waiting_stream=2, flight=2)
    with TestClient(App(engine, limits=limits), base_url="http://127.0.0.1") as found:
        yield found


def readings(*seqs, a=1.0):
    """A body with these readings; None: one without a number."""
    rows = [{"values": {"a": a, "mode": "on"}} | ({} if seq is None else {"seq": seq}) for seq in seqs]
    return {"epoch": 0, "readings": rows}


@pytest.fixture
def body():
    """Makes bodies."""
    return readings


@pytest.fixture
def bearer():
    """Makes the header of one who shows a token: of a client, an administrator, or another one."""
    tokens = {"client": CLIENT, "administrator": ADMINISTRATOR}
    return lambda who: {"authorization": f"Bearer {tokens.get(who, who)}"}
