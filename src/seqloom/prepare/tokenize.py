"""Tokenizers: from a text to the numbers of its tokens, learned from the training part alone."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from seqloom.errors import ArtifactError
from seqloom.prepare.settings import TokenSettings

UNKNOWN = "[UNK]"
"""The entry for what the vocabulary does not have; number 0 of every tokenizer."""
AT_ONCE = 10_000
"""Texts that are encoded at a time."""
MARKS = "<[^<>]*>"
"""Marks of HTML, which are no words."""


def learn(texts: Iterable[str], settings: TokenSettings) -> Tokenizer:
    """A tokenizer with the vocabulary of some texts; the same texts give the same one.

    Args:
        texts: of the training part.
        settings: how texts become tokens.
    """
    tokenizer, trainer = _blank(settings)
    tokenizer.normalizer = normalizers.Sequence(list(_normalizers(settings)))
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def restore(words: str, where: str) -> Tokenizer:
    """The tokenizer that was written as JSON.

    Raises:
        ArtifactError: it is none.
    """
    try:
        return Tokenizer.from_str(words)
    except Exception as error:  # the library raises plain exceptions
        fix = "use an artifact that is not damaged"
        raise ArtifactError(where, expected="a tokenizer", came=str(error), fix=fix) from error


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


def _blank(settings: TokenSettings) -> tuple[Tokenizer, trainers.Trainer]:
    """A tokenizer that has learned nothing, and what teaches it."""
    vocabulary, least = settings.vocabulary, settings.min_count
    words = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("isolated")])
    tokenizer: Tokenizer
    trainer: trainers.Trainer
    if settings.tokens == "bpe":
        tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
        trainer = trainers.BpeTrainer(
            vocab_size=vocabulary, min_frequency=least, special_tokens=[UNKNOWN], show_progress=False
        )
        # Spaces are part of the pieces, so that a text comes back as it was.
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation("isolated")]
        )
        tokenizer.decoder = decoders.Metaspace()
    elif settings.tokens == "wordpiece":
        tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
        trainer = trainers.WordPieceTrainer(
            vocab_size=vocabulary, min_frequency=least, special_tokens=[UNKNOWN], show_progress=False
        )
        tokenizer.pre_tokenizer = words
        tokenizer.decoder = decoders.WordPiece()
    else:
        tokenizer = Tokenizer(models.WordLevel(unk_token=UNKNOWN))
        trainer = trainers.WordLevelTrainer(
            vocab_size=vocabulary, min_frequency=least, special_tokens=[UNKNOWN], show_progress=False
        )
        tokenizer.pre_tokenizer = words
        if settings.tokens == "characters":
            tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
            tokenizer.decoder = decoders.Fuse()
    return tokenizer, trainer
