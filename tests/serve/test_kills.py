"""A server that is killed again and again."""

from benchmarks.reliability.killing import Killing, prepared
from benchmarks.reliability.link import HTTPLink
from seqloom.store import open_store

KILLS, CHANGING = 60, 25


def test_what_was_answered_is_lost_by_no_kill(tmp_path):
    """Killed at any moment, a server that begins again has every answered reading, once, in its own stream."""
    prepared(tmp_path)
    killing = Killing(lambda: HTTPLink(f"sqlite:///{tmp_path}/kept.db"), streams=100, lifetime=(0.0, 0.15))
    findings = killing.run(KILLS)
    assert findings.clean, findings.table()
    assert findings.acknowledged > KILLS
    assert findings.repeated > 0
    for client in killing.clients:
        assert client.acknowledged == len(client.values)


def test_what_was_answered_is_lost_by_no_change_of_the_model(tmp_path):
    """Two models that add alike take turns all the time, and the server is killed: in the middle of a change, too."""
    prepared(tmp_path)
    store = f"sqlite:///{tmp_path}/kept.db"
    killing = Killing(lambda: HTTPLink(store, changing=True), streams=50, lifetime=(0.0, 0.4))
    findings = killing.run(CHANGING)
    assert findings.clean, findings.table()
    assert findings.repeated > 0
    with open_store(store) as kept:
        digests = [record.digest for record in kept.records()]
    assert len(set(digests)) == 2
    assert min(map(digests.count, set(digests))) > CHANGING
