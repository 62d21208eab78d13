"""How errors are answered."""

import pytest

from seqloom import errors
from seqloom.serve.refusal import RequestError, retries, status_of, told

WORDS = {"where": "here", "expected": "this", "came": "that", "fix": "mend it"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.GapError(**WORDS, number=3), 409, "gap"),
        (errors.EpochError(**WORDS, number=1), 412, "epoch"),
        (errors.ModelChangedError(**WORDS), 409, "model-changed"),
        (errors.MissingStreamError(**WORDS), 404, "no-stream"),
        (errors.TakenStreamError(**WORDS), 409, "stream-exists"),
        (errors.QuotaError(**WORDS), 429, "quota"),
        (errors.DamagedStreamError(**WORDS), 503, "damaged-stream"),
        (errors.DataError(**WORDS), 422, "invalid"),
        (errors.StorageError(**WORDS), 503, "storage"),
        (errors.OverloadedError(**WORDS), 429, "overloaded"),
        (errors.OverloadedError(**WORDS, closing=True), 503, "closing"),
        (RequestError(415, "media-type", **WORDS), 415, "media-type"),
        (ZeroDivisionError("inside"), 500, "internal"),
    ],
)
def test_each_error_has_its_status_and_code(error, status, code):
    """One of each kind."""
    assert status_of(error) == (status, code)
    assert told(error)["code"] == code


def test_a_client_knows_what_to_send_next():
    """The number of a gap or an epoch is told."""
    assert told(errors.GapError(**WORDS, number=0))["number"] == 0
    assert "number" not in told(errors.DataError(**WORDS))


@pytest.mark.parametrize(
    "error",
    [
        errors.StorageError("/var/lib/secret.db", expected="room", came="none", fix="make some"),
        errors.DamagedStreamError("/var/lib/secret.db, stream 'a'", expected="this", came="that", fix="mend it"),
        ZeroDivisionError("/secret.py"),
    ],
)
def test_the_inside_of_the_server_is_not_told(error):
    """No path, no name of a file."""
    assert "secret" not in str(told(error))


def test_only_what_may_succeed_later_is_to_be_sent_again():
    """A damaged stream stays damaged."""
    assert retries(429, "overloaded")
    assert retries(503, "storage")
    assert not retries(503, "damaged-stream")
    assert not retries(422, "invalid")
    assert told(errors.StorageError(**WORDS))["retry_after"] == 1


def test_long_texts_are_cut():
    """An answer is never much longer than what was asked."""
    assert len(told(errors.DataError("x" * 10_000, expected="a", came="b", fix="c"))["where"]) == 200
