"""A server asked how its streams stand."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from seqloom.errors import InputError, StorageError

TIMEOUT = 30.0
LARGEST = 32 << 20
"""Bytes of an answer, at most."""
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
    where = address.rstrip("/")
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    try:
        with urlopen(Request(f"{where}/v1/monitor", headers=headers), timeout=TIMEOUT) as answer:  # noqa: S310 - http or https, as the caller found
            found = json.loads(answer.read(LARGEST))
    except HTTPError as error:
        came, fix = f"status {error.code}", "check the address, and the token in SEQLOOM_TOKEN"
        error.close()
        raise StorageError(where, expected="how its streams stand", came=came, fix=fix) from error
    except (URLError, OSError) as error:
        came = str(getattr(error, "reason", error)) or type(error).__name__
        raise StorageError(where, expected="a server that answers", came=came, fix="start it, or correct it") from error
    except ValueError as error:
        raise InputError(where, expected="JSON", came="something else", fix="correct the address") from error
    if not isinstance(found, dict) or not found.keys() >= FIELDS:
        raise InputError(where, expected="how streams stand", came="something else", fix="correct the address")
    return found
