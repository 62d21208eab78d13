"""A running server asked for a document over HTTP."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from seqloom.errors import InputError, StorageError

TIMEOUT = 60.0
LARGEST = 64 << 20
"""Bytes of a document, at most."""


def asked(address: str, path: str, *, token: str | None = None, what: str, whose: str) -> Any:  # noqa: ANN401 - JSON of a server
    """The JSON that a server answers a GET with.

    Args:
        address: of the server, such as `http://127.0.0.1:8000`.
        path: of the document, with its query.
        token: to be shown; None: there is none.
        what: the document, for messages.
        whose: the token it takes, for messages.

    Raises:
        StorageError: the server does not answer, or refuses.
        InputError: what it answers is no JSON.
    """
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    try:
        with urlopen(Request(address + path, headers=headers), timeout=TIMEOUT) as answer:  # noqa: S310 - http or https, as callers found
            return json.loads(answer.read(LARGEST))
    except HTTPError as error:
        came, fix = f"status {error.code}", f"check the address, and {whose}"
        error.close()
        raise StorageError(address, expected=what, came=came, fix=fix) from error
    except (URLError, OSError) as error:
        came, fix = str(getattr(error, "reason", error)) or type(error).__name__, "start it, or correct the address"
        raise StorageError(address, expected="a server that answers", came=came, fix=fix) from error
    except ValueError as error:
        raise InputError(address, expected="JSON", came="something else", fix="correct the address") from error
