"""Both sides of translation examples as texts, and texts as words."""

import re
from collections.abc import Iterable

from seqloom.prepare import Examples
from seqloom.sequence import Array

WORD = re.compile(r"\w+(?:['\u2019-]\w+)*|[^\w\s]")
"""A word, or one other sign."""


def sources_of(examples: Examples) -> Array:
    """The texts to be translated, [E]."""
    prepared = examples.prepared
    if prepared.text is None:
        raise ValueError("expected texts, came sequences without")
    sources: Array = prepared.texts[prepared.code_names[prepared.text]][examples.sequence]
    return sources


def translations_of(examples: Examples) -> Array:
    """Their true translations, None where there is none, [E]."""
    prepared = examples.prepared
    translations: Array = prepared.texts[prepared.target_names[0]][examples.sequence]
    return translations


def words_of(text: str) -> list[str]:
    """The words and signs of a text.

    Example:
        >>> words_of("A man's dog, asleep.")
        ['A', "man's", 'dog', ',', 'asleep', '.']
    """
    return WORD.findall(text)


def written_out(words: Iterable[str]) -> str:
    """Words as a sentence: no space before signs that end something, none after those that open it.

    Example:
        >>> written_out(["Two", "dogs", "(", "small", ")", ",", "asleep", "."])
        'Two dogs (small), asleep.'
    """
    text = re.sub(r" ([.,;:!?%)\]}…»”])", r"\1", " ".join(words))
    return re.sub(r"([(\[{«“]) ", r"\1", text)
