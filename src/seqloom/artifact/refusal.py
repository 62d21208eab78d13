"""How an artifact is refused: one error, four answers."""

from seqloom.errors import ArtifactError

FETCH_AGAIN = "get the artifact again from where it was made"


def refusal(where: str, *, expected: str, came: str, fix: str = FETCH_AGAIN) -> ArtifactError:
    """The error to raise for something an artifact must not be.

    Args:
        where: the artifact, then the member, then the field, as far as known.
        expected: what the format asks for there.
        came: what lies there instead: the reason for the refusal.
        fix: what to do about it.
    """
    return ArtifactError(where, expected=expected, came=came, fix=fix)


def shown(text: object, longest: int = 60) -> str:
    """A value of an artifact as a message may show it: quoted, without control characters, cut short."""
    quoted = ascii(text)
    return quoted if len(quoted) <= longest else f"{quoted[: longest - 4]} ..."
