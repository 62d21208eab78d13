"""Who may do what."""

import hmac

import pytest

from seqloom.errors import MissingFileError, SettingsError
from seqloom.serve import Tokens, tokens_of
from seqloom.serve.tokens import Right

TOKENS = Tokens(["a-token-of-a-client"], ["a-token-of-an-administrator"])


@pytest.mark.parametrize(
    ("header", "right"),
    [
        (b"Bearer a-token-of-a-client", Right.READ),
        (b"bearer a-token-of-a-client", Right.READ),
        (b"Bearer a-token-of-an-administrator", Right.ADMINISTER),
        (b"Bearer a-token-of-a-clienT", Right.NOTHING),
        (b"Bearer a-token-of-a-client-and-more", Right.NOTHING),
        (b"Basic a-token-of-a-client", Right.NOTHING),
        (b"Bearer " + b"a" * 5000, Right.NOTHING),
        (b"Bearer ", Right.NOTHING),
        (b"", Right.NOTHING),
        (None, Right.NOTHING),
    ],
)
def test_a_token_has_its_right_and_nothing_else_has_one(header, right):
    """Only the whole token counts, in a header of the right form."""
    assert TOKENS.right(header) == right


def test_tokens_are_compared_in_constant_time(monkeypatch):
    """Every token is compared, each by its digest, whichever was shown."""
    compared = []
    same = hmac.compare_digest
    monkeypatch.setattr("hmac.compare_digest", lambda one, two: compared.append(len(one)) or same(one, two))
    for header in (b"Bearer a-token-of-a-client", b"Bearer x"):
        TOKENS.right(header)
    assert compared == [32] * 4


def test_without_tokens_everybody_may_do_everything():
    """A server nobody else can reach needs none."""
    assert not Tokens()
    assert Tokens().right(None) == Right.ADMINISTER


@pytest.mark.parametrize("token", ["", "short", "with a space in it somewhere", "ü" * 20, "x" * 15])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(token):
    """The message says how long it has to be, and not what it was."""
    with pytest.raises(SettingsError, match="at least 16 ASCII characters") as caught:
        Tokens([token])
    assert not token or token not in str(caught.value)


def test_a_file_has_a_token_in_each_line(tmp_path):
    """Empty lines and comments are left out; no token at all, or no file, is refused."""
    path = tmp_path / "tokens"
    path.write_text("# of the pumps\none-token-of-many\n\n  another-one-of-them  \n")
    assert tokens_of(path) == ["one-token-of-many", "another-one-of-them"]
    path.write_text("# none\n")
    with pytest.raises(SettingsError, match="a token in each line"):
        tokens_of(path)
    with pytest.raises(MissingFileError):
        tokens_of(tmp_path / "none")
