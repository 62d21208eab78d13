"""Metrics of translations, as sacreBLEU computes them.

Sources: Papineni et al., "BLEU: a method for automatic evaluation of machine translation", ACL 2002; Popović, "chrF:
character n-gram F-score for automatic MT evaluation", WMT 2015; Post, "A call for clarity in reporting BLEU scores",
WMT 2018.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF


def translation_metrics(texts: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """BLEU and chrF of texts as people write them, and the share that is right to the letter.

    Args:
        texts: translations, not cut into tokens.
        references: the true ones.

    Returns:
        `bleu` and `chrf`, 0 to 100, and `exact_match`, 0 to 1.

    Example:
        >>> translation_metrics(["A man is asleep.", "Two dogs run."], ["A man is asleep.", "Two dogs run."])
        {'bleu': 100.0, 'chrf': 100.0, 'exact_match': 1.0}
    """
    pairs = list(zip(texts, references, strict=True))
    written, true = [text for text, _ in pairs], [[reference for _, reference in pairs]]
    return {
        "bleu": float(round(BLEU().corpus_score(written, true).score, 6)),
        "chrf": float(round(CHRF().corpus_score(written, true).score, 6)),
        "exact_match": float(np.mean([text == reference for text, reference in pairs])),
    }


def sentence_chrf(texts: Sequence[str], references: Sequence[str]) -> NDArray[np.float64]:
    """The character n-gram F-score of each text, 0 to 100, [E].

    Example:
        >>> sentence_chrf(["two dogs", "a cat"], ["two dogs", "two dogs"]).round(1).tolist()
        [100.0, 3.9]
    """
    metric = CHRF()
    pairs = zip(texts, references, strict=True)
    return np.array([metric.sentence_score(text, [reference]).score for text, reference in pairs])


def bleu_signature() -> str:
    """How BLEU was computed, in sacreBLEU's own words."""
    metric = BLEU()
    metric.corpus_score(["a"], [["a"]])
    return str(metric.get_signature())
