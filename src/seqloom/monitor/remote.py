"""A server asked how its streams stand."""

from typing import Any

from seqloom import store
from seqloom.errors import InputError

FIELDS = {"task", "state", "signals", "alerts", "counts", "last", "model"}


def asked(address: str, token: str | None = None) -> dict[str, Any]:
    """What a server says at `/v1/monitor`.

    Args:
        address: of the server, such as `http://127.0.0.1:8000`.
        token: of a client.

    Raises:
        StorageError: it does not answer, or refuses.
        InputError: what answers is no server of this kind.
    """
    where, whose = address.rstrip("/"), "the token in SEQLOOM_TOKEN"
    found = store.asked(where, "/v1/monitor", token=token, what="how its streams stand", whose=whose)
    if not isinstance(found, dict) or not found.keys() >= FIELDS:
        raise InputError(where, expected="how streams stand", came="something else", fix="correct the address")
    return found
