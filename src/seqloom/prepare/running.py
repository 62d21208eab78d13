"""Tokenizers of running text: nothing of it is lost, so that what a model writes can be read."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from seqloom.prepare.settings import Tokens, TokenSettings
from seqloom.prepare.tokenize import UNKNOWN, Blank

END_OF_LINE = "<eos>"
"""The word that stands for the end of a line; it is counted as any other."""
SPACE = "▁"
"""Stands for a space within pieces of words."""
CONTINUED = "##"
"""Stands before a piece that does not begin a word."""


def running_settings(settings: TokenSettings) -> TokenSettings:
    """How running text becomes tokens: by characters if nothing else is said, all of them known."""
    return TokenSettings(
        tokens=settings.tokens or "characters",
        vocabulary=settings.vocabulary,
        min_count=1 if settings.tokens in (None, "characters", "words") else settings.min_count,
        lowercase=bool(settings.lowercase),
        strip_marks=False,
    )


def learn_running(texts: Iterable[str], settings: TokenSettings) -> Tokenizer:
    """A tokenizer with the vocabulary of running text.

    Words are what stands between spaces, and the end of a line. Pieces of words are those of bytes (`bpe`) or of
    characters (`wordpiece`), spaces included.

    Args:
        texts: lines of the training part.
        settings: of `running_settings`.
    """
    tokenizer, trainer = blank_running(settings)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def blank_running(settings: TokenSettings) -> Blank:
    """A tokenizer that has learned nothing, and what teaches it."""
    tokenizer, trainer = _BLANKS[settings.tokens or "characters"](settings)
    own = [tokenizer.normalizer] if tokenizer.normalizer is not None else []
    tokenizer.normalizer = normalizers.Sequence([*([normalizers.Lowercase()] if settings.lowercase else []), *own])
    return tokenizer, trainer


def spelling(tokens: Tokens, vocabulary: tuple[str, ...]) -> Callable[[int, bool], bytes]:
    r"""What a token adds to a text, in UTF-8.

    Args:
        tokens: what the tokens are.
        vocabulary: of the codes from 1 on; 0 is the unknown token.

    Returns:
        A function of a token's code and of whether a line begins with it.

    Example:
        >>> spell = spelling("words", ("be", "to", "<eos>"))
        >>> b"".join([spell(2, True), spell(1, False), spell(3, False)])
        b'to be\n'
    """
    unknown = UNKNOWN if tokens == "words" else "\N{REPLACEMENT CHARACTER}"
    if tokens == "bpe":
        letters = _letters_of_bytes()
        pieces = [unknown.encode(), *(bytes(letters[letter] for letter in token) for token in vocabulary)]
    elif tokens == "wordpiece":
        whole = [token.removeprefix(CONTINUED).replace(SPACE, " ") for token in vocabulary]
        pieces = [text.encode() for text in (unknown, *whole)]
    else:
        pieces = [text.encode() for text in (unknown, *vocabulary)]
    if tokens != "words":
        return lambda code, _: pieces[code]
    ends = vocabulary.index(END_OF_LINE) + 1 if END_OF_LINE in vocabulary else -1
    return lambda code, begins: b"\n" if code == ends else pieces[code] if begins else b" " + pieces[code]


def _characters(settings: TokenSettings) -> Blank:
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    return tokenizer, _word_trainer(settings)


def _words(settings: TokenSettings) -> Blank:
    tokenizer = Tokenizer(models.WordLevel(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Replace("\n", f" {END_OF_LINE} ")
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer, _word_trainer(settings)


def _bpe(settings: TokenSettings) -> Blank:
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=settings.most_tokens,
        min_frequency=settings.min_count,
        special_tokens=[UNKNOWN],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    return tokenizer, trainer


def _wordpiece(settings: TokenSettings) -> Blank:
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split("\n", "isolated"),
            pre_tokenizers.Metaspace(SPACE, prepend_scheme="never"),
            pre_tokenizers.Punctuation("isolated"),
        ]
    )
    trainer = trainers.WordPieceTrainer(
        vocab_size=settings.most_tokens,
        min_frequency=settings.min_count,
        special_tokens=[UNKNOWN],
        continuing_subword_prefix=CONTINUED,
        show_progress=False,
    )
    return tokenizer, trainer


_BLANKS: Mapping[Tokens, Callable[[TokenSettings], Blank]] = MappingProxyType(
    {"characters": _characters, "words": _words, "bpe": _bpe, "wordpiece": _wordpiece}
)


def _word_trainer(settings: TokenSettings) -> trainers.Trainer:
    trainer: trainers.Trainer = trainers.WordLevelTrainer(
        vocab_size=settings.most_tokens,
        min_frequency=settings.min_count,
        special_tokens=[UNKNOWN],
        show_progress=False,
    )
    return trainer


def _letters_of_bytes() -> dict[str, int]:
    """The letter that stands for each byte in pieces of bytes: itself where it can be printed, else one from 256 on.

    Source: the table of GPT-2 (Radford et al., "Language models are unsupervised multitask learners", 2019).
    """
    printed = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printed]
    letters = {chr(byte): byte for byte in printed}
    return letters | {chr(256 + place): byte for place, byte in enumerate(others)}
