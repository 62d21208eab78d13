"""A server that is killed again and again."""

from benchmarks.reliability.killing import Killing, prepared
from benchmarks.reliability.link import HTTPLink

KILLS = 60


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
