"""Tokenizers: from a text to the numbers of its tokens, learned from the training part alone."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from seqloom.errors import ArtifactError
from seqloom.prepare.settings import TokenSettings

Blank = tuple[Tokenizer, trainers.Trainer]
"""A tokenizer that has learned nothing, and what teaches it."""
UNKNOWN = "[UNK]"
"""The entry for what the vocabulary does not have; number 0 of every tokenizer."""
AT_ONCE = 10_000
"""Texts that are encoded at a time."""
MARKS = "</?[A-Za-z][^<>]*>"
"""Marks of HTML, which are no words."""
WORD_OR_MARK = r"\w+|[^\w\s]"
"""A run of letters and digits, or one mark of another kind."""
REASON = 120
"""Characters of a library's own words that fit one line."""
CHARACTER = r"[\s\S]"


def learn(texts: Iterable[str], settings: TokenSettings) -> Tokenizer:
    """A tokenizer with the vocabulary of some texts; the same texts give the same one.

    Args:
        texts: of the training part.
        settings: how texts become tokens.
    """
    tokenizer, trainer = _blank(settings)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def restore(
    words: str, settings: TokenSettings, where: str, blank: Callable[[TokenSettings], Blank] | None = None
) -> Tokenizer:
    """The tokenizer that was written as JSON.

    Args:
        words: the JSON.
        settings: how texts become tokens; all but the vocabulary follows from them.
        where: for messages.
        blank: makes one that has learned nothing; None: one for texts that stand for themselves.

    Raises:
        ArtifactError: it is none, or one of other settings.
    """
    fix = "use an artifact that is not damaged"
    try:
        found = Tokenizer.from_str(words)
    except Exception as error:  # the library raises plain exceptions
        came = str(error).split("\n", 1)[0][:REASON]
        raise ArtifactError(where, expected="a tokenizer", came=came, fix=fix) from error
    if _rules(found) != _rules((blank or _blank)(settings)[0]):
        raise ArtifactError(where, expected="a tokenizer that follows its settings", came="another", fix=fix)
    if sorted(found.get_vocab().values()) != list(range(found.get_vocab_size())) or found.token_to_id(UNKNOWN) != 0:
        expected = f"tokens numbered from 0 on, the first {UNKNOWN}"
        raise ArtifactError(where, expected=expected, came="others", fix=fix)
    return found


def _rules(tokenizer: Tokenizer) -> dict[str, Any]:
    """Everything a tokenizer does but for its vocabulary."""
    written = json.loads(tokenizer.to_str())
    written["model"] = {name: value for name, value in written["model"].items() if name not in ("vocab", "merges")}
    written["added_tokens"] = [token["content"] for token in written["added_tokens"] if token["content"] != UNKNOWN]
    return dict(written)


def encode(tokenizer: Tokenizer, texts: list[str], settings: TokenSettings) -> Iterator[NDArray[np.int32]]:
    """The numbers of the tokens of each text, one array after the other."""
    first = slice(None, settings.max_tokens)
    if settings.max_tokens is not None and settings.cut == "head":
        first = slice(-settings.max_tokens, None)
    for start in range(0, len(texts), AT_ONCE):
        for found in tokenizer.encode_batch_fast(texts[start : start + AT_ONCE], add_special_tokens=False):
            yield np.array(found.ids[first], dtype=np.int32)


def _normalizers(settings: TokenSettings) -> Iterator[normalizers.Normalizer]:
    """What is done to a text before it is cut."""
    if settings.strip_marks:
        yield normalizers.Replace(Regex(MARKS), " ")
    yield normalizers.NFKC() if settings.tokens != "characters" else normalizers.NFC()
    if settings.lowercase or (settings.lowercase is None and settings.tokens != "characters"):
        yield normalizers.Lowercase()


def _blank(settings: TokenSettings) -> Blank:
    """A tokenizer that has learned nothing, and what teaches it."""
    options: dict[str, Any] = {"vocab_size": settings.most_tokens, "min_frequency": settings.min_count}
    options |= {"special_tokens": [UNKNOWN], "show_progress": False}
    tokenizer: Tokenizer
    trainer: trainers.Trainer
    cut: pre_tokenizers.PreTokenizer = pre_tokenizers.Split(Regex(WORD_OR_MARK), "removed", invert=True)
    if settings.tokens == "bpe":
        tokenizer, trainer = Tokenizer(models.BPE(unk_token=UNKNOWN)), trainers.BpeTrainer(**options)
        # Spaces are part of the pieces, so that a text can be written as it was.
        cut = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation("isolated")])
        tokenizer.decoder = decoders.Metaspace()
    elif settings.tokens == "wordpiece":
        tokenizer, trainer = Tokenizer(models.WordPiece(unk_token=UNKNOWN)), trainers.WordPieceTrainer(**options)
        tokenizer.decoder = decoders.WordPiece()
    else:
        tokenizer, trainer = Tokenizer(models.WordLevel(unk_token=UNKNOWN)), trainers.WordLevelTrainer(**options)
    if settings.tokens == "characters":
        cut = pre_tokenizers.Split(Regex(CHARACTER), "removed", invert=True)
        tokenizer.decoder = decoders.Fuse()
    tokenizer.normalizer = normalizers.Sequence(list(_normalizers(settings)))
    tokenizer.pre_tokenizer = cut
    return tokenizer, trainer
