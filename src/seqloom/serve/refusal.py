"""How an error is answered: a status, and a JSON object that says what to do."""

from typing import Any

from seqloom.errors import (
    DamagedStreamError,
    EpochError,
    GapError,
    InputError,
    MissingStreamError,
    ModelChangedError,
    OverloadedError,
    QuotaError,
    SeqloomError,
    StorageError,
    StreamError,
    TakenStreamError,
)

RETRY_SECONDS = 1
"""When one who was refused because of others, or of the disk, may come again."""
UNAVAILABLE, TOO_MANY = 503, 429
SHOWN = 200
"""Characters of what came that are told."""


class RequestError(SeqloomError, ValueError):
    """A request that is not understood, or not allowed.

    Args:
        status: of HTTP.
        code: one word for programs.
        where: see `SeqloomError`.
        **answers: see `SeqloomError`.
    """

    def __init__(self, status: int, code: str, where: str, **answers: str) -> None:
        super().__init__(where, **answers)
        self.status, self.code = status, code


STATUS: tuple[tuple[type[SeqloomError], int, str], ...] = (
    (GapError, 409, "gap"),
    (EpochError, 412, "epoch"),
    (ModelChangedError, 409, "model-changed"),
    (MissingStreamError, 404, "no-stream"),
    (TakenStreamError, 409, "stream-exists"),
    (QuotaError, TOO_MANY, "quota"),
    (DamagedStreamError, UNAVAILABLE, "damaged-stream"),
    (StreamError, 409, "stream"),
    (InputError, 422, "invalid"),
    (StorageError, UNAVAILABLE, "storage"),
)


def status_of(error: Exception) -> tuple[int, str]:
    """Status and code of an error.

    Example:
        >>> status_of(GapError("stream 'a'", number=3, expected="reading 3", came="5", fix="send it"))
        (409, 'gap')
    """
    if isinstance(error, RequestError):
        return error.status, error.code
    if isinstance(error, OverloadedError):
        return (UNAVAILABLE, "closing") if error.closing else (TOO_MANY, "overloaded")
    return next(((status, code) for kind, status, code in STATUS if isinstance(error, kind)), (500, "internal"))


def told(error: Exception) -> dict[str, Any]:
    """What its client is told of an error; of what is the server's own, no path and no detail."""
    status, code = status_of(error)
    if isinstance(error, DamagedStreamError):
        fix = "restore a snapshot of it, or end it; the other streams are not affected"
        named = _named("stream", "what was stored of it", "damaged bytes", fix)
    elif code == "storage":
        named = _named("store", "a store that takes the readings", "a refusal", "send it again later")
    elif isinstance(error, SeqloomError):
        named = _named(error.where, error.expected, error.came, error.fix)
    else:
        named = _named("server", "an answer", "a failure of the server", "look into its log")
    number = getattr(error, "number", None)
    found: dict[str, Any] = {"code": code, **named}
    if number is not None:
        found["number"] = number
    if retries(status, code):
        found["retry_after"] = RETRY_SECONDS
    return found


def retries(status: int, code: str) -> bool:
    """Whether the same may succeed a little later."""
    return status == TOO_MANY or (status == UNAVAILABLE and code != "damaged-stream")


def _named(where: str, expected: str, came: str, fix: str) -> dict[str, str]:
    return {
        name: text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        for name, text in (("where", where), ("expected", expected), ("came", came), ("fix", fix))
    }
