"""Who may do what: tokens of clients, and of administrators."""

import hashlib
import hmac
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path

from seqloom.errors import MissingFileError, SettingsError
from seqloom.serve.refusal import RequestError

SHORTEST = 16
"""Characters of a token; shorter ones are guessed."""
LONGEST_HEADER = 1024
SCHEME = b"bearer "


class Right(IntEnum):
    """What a client may do; who may do more, may do less."""

    NOTHING = 0
    READ = 1
    ADMINISTER = 2


class Tokens:
    """The tokens of a server. Without any, everybody may do everything: only for a server nobody else can reach.

    Args:
        clients: may read on with streams.
        administrators: may also end, reset, copy and restore them.

    Raises:
        SettingsError: one of them is too short, or has a space.

    Example:
        >>> Tokens(clients=["correct-horse-battery"]).right(b"Bearer correct-horse-battery").name
        'READ'
    """

    def __init__(self, clients: Iterable[str] = (), administrators: Iterable[str] = ()) -> None:
        self._rights = [(_digest(token), Right.READ) for token in map(_checked, clients)]
        self._rights += [(_digest(token), Right.ADMINISTER) for token in map(_checked, administrators)]

    def __bool__(self) -> bool:
        """Whether anybody has to show one."""
        return bool(self._rights)

    def right(self, header: bytes | None) -> Right:
        """What the one who sent this `Authorization` header may do; it takes equally long for every token."""
        if not self._rights:
            return Right.ADMINISTER
        if header is None or len(header) > LONGEST_HEADER or header[: len(SCHEME)].lower() != SCHEME:
            return Right.NOTHING
        shown, found = hashlib.sha256(header[len(SCHEME) :].strip()).digest(), Right.NOTHING
        for digest, right in self._rights:
            found = max(found, right if hmac.compare_digest(shown, digest) else Right.NOTHING)
        return found

    def allow(self, header: bytes | None, needed: Right) -> None:
        """Refuse one who may not.

        Raises:
            RequestError: there is no token, an unknown one, or one of lesser rights.
        """
        if not needed or (right := self.right(header)) >= needed:
            return
        where = "header authorization"
        if right == Right.NOTHING:
            came = "none" if header is None else "another one"
            fix = "send the header Authorization: Bearer TOKEN"
            raise RequestError(401, "unauthorized", where, expected="a token of this server", came=came, fix=fix)
        fix = "ask whoever runs the server"
        raise RequestError(
            403, "forbidden", where, expected="a token of an administrator", came="one of a client", fix=fix
        )


def tokens_of(path: Path) -> list[str]:
    """The tokens in a file, one in each line; empty lines and those that begin with # are left out.

    Raises:
        MissingFileError: it cannot be read.
        SettingsError: there is none in it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        came, fix = type(error).__name__, "give a file of text that can be read"
        raise MissingFileError(str(path), expected="a file with a token in each line", came=came, fix=fix) from error
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise SettingsError(str(path), expected="a token in each line", came="none", fix="write one into it")
    return found


def _checked(token: str) -> str:
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        expected = f"a token of at least {SHORTEST} ASCII characters without spaces"
        fix = 'make one with python -c "import secrets; print(secrets.token_urlsafe())"'
        raise SettingsError("token", expected=expected, came=f"{len(token)} characters", fix=fix)
    return token


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
