"""N-grams with Kneser-Ney smoothing."""

import gzip
from collections import Counter, defaultdict

import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.texts.kneser_ney import USUAL, KneserNey, order_for
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, running_text, sequences, split, whole
from seqloom.read import from_arrays, from_texts

TOKENS = 6


def chen_goodman(texts, order, tokens):
    """The formulas of Chen & Goodman 1999 written with dictionaries; a function of context and token."""
    grams = [
        Counter(tuple(text[i : i + n]) for text in texts for i in range(len(text) - n + 1)) for n in range(order + 1)
    ]
    counts = {order: grams[order]}
    for n in range(1, order):
        before = defaultdict(set)
        for gram in grams[n + 1]:
            before[gram[1:]].add(gram[0])
        counts[n] = {gram: len(before[gram]) for gram in grams[n]}

    def discounts(n):
        of = Counter(counts[n].values())
        if not all(of[times] for times in (1, 2, 3, 4)):
            return USUAL
        y = of[1] / (of[1] + 2 * of[2])
        found = tuple(times - (times + 1) * y * of[times + 1] / of[times] for times in (1, 2, 3))
        return found if all(0 < d <= times for d, times in zip(found, (1, 2, 3), strict=True)) else USUAL

    def probability(context, token):
        n = len(context) + 1
        lower = probability(context[1:], token) if context else 1 / tokens
        after = {gram: count for gram, count in counts[n].items() if gram[:-1] == context and count}
        if not after:
            return lower
        total, three = sum(after.values()), discounts(n)
        taken = sum(three[min(count, 3) - 1] for count in after.values())
        count = after.get((*context, token), 0)
        own = count - three[min(count, 3) - 1] if count else 0.0
        return own / total + taken / total * lower

    return probability


@pytest.fixture
def texts():
    """Two texts in which some tokens are far more frequent than others; token 0 never occurs."""
    generator = np.random.default_rng(0)
    shares = [0.0, 0.4, 0.3, 0.15, 0.1, 0.05]
    return [generator.choice(TOKENS, size=size, p=shares) for size in (120, 40)]


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_probabilities_are_those_of_the_formulas(texts, order):
    """Counting by sorting and counting in dictionaries give the same probability of every token of a new text."""
    model = KneserNey.of(texts, order, TOKENS)
    expected = chen_goodman([tuple(text.tolist()) for text in texts], order, TOKENS)
    new = np.random.default_rng(1).integers(TOKENS, size=80)
    wanted = [
        np.log(expected(tuple(new[max(0, place - order + 1) : place].tolist()), int(token)))
        for place, token in enumerate(new)
    ]
    np.testing.assert_allclose(model.log_probabilities(new), wanted, rtol=1e-12)  # double precision


@pytest.mark.parametrize("context", [[], [2], [1, 1], [0, 3], [5, 5, 5]])
def test_probabilities_after_any_context_sum_to_one(texts, context):
    """Known or never met, after each context the tokens share all of the probability."""
    model = KneserNey.of(texts, 3, TOKENS)
    last = [model.log_probabilities(np.array([*context, token]))[-1] for token in range(TOKENS)]
    assert np.exp(last).sum() == pytest.approx(1, abs=1e-12)


def test_a_rule_of_the_text_is_found():
    """Where each token follows from the two before it, the model is nearly sure."""
    dataset = from_texts(["abcacb" * 60])
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next").transform(dataset)
    examples = running_text(prepared, np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1), "train")
    model = KneserNey.fit(examples, Hints())
    assert model.predict(examples).mean() > np.log(0.9)


def test_windows_are_given_the_tokens_before_them():
    """The answer for a token does not depend on the window it is asked in."""
    dataset = from_texts(["to be or not to be\n" * 20])
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next").transform(dataset)
    spans = np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1)
    model = KneserNey.fit(running_text(prepared, spans, "train"), Hints())
    one_pass, windows = (model.predict(running_text(prepared, spans, "test", window=size)) for size in (0, 7))
    np.testing.assert_array_equal(one_pass, windows)


def test_without_a_text_it_is_skipped():
    """Sequences of numbers have no n-grams."""
    dataset = from_arrays([np.arange(4.0)] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    parts = split(dataset, SplitSettings(), by_steps=False, seed=0)
    prepared = Pipeline.fit(dataset, parts, PrepareSettings(), task="values").transform(dataset)
    assert isinstance(KneserNey.fit(sequences(prepared, parts, "train"), Hints()), Skipped)


def test_few_different_tokens_are_counted_in_longer_runs():
    """Characters tell more together than words, of which most runs occur once."""
    assert [order_for(tokens) for tokens in (60, 10_000)] == [7, 5]


@pytest.mark.slow
def test_words_of_the_penn_treebank_have_the_published_perplexity(shared_data):
    """Five words with Kneser-Ney smoothing have a perplexity of 141.2 on the test file (Mikolov & Zweig 2012)."""
    parts = [gzip.decompress((shared_data / f"ptb/ptb.{part}.txt.gz").read_bytes()) for part in ("train", "test")]
    words = [part.decode().replace("\n", "<eos>").split() for part in parts]
    codes = {word: code for code, word in enumerate(dict.fromkeys(words[0]), start=1)}
    train, test = (np.array([codes[word] for word in own]) for own in words)
    found = np.exp(-KneserNey.of([train], 5, len(codes) + 1).log_probabilities(test)[1:].mean())
    assert found == pytest.approx(141.2, abs=0.3)  # theirs has no discounts of its own for rarer counts
