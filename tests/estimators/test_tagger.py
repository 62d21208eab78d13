"""The estimator that gives each step a label."""

import numpy as np
import pytest

from seqloom import Tagger, load
from seqloom.errors import DataError

WORDS = {"DET": ["the", "a"], "NOUN": [f"noun{k}s" for k in range(14)], "VERB": [f"verb{k}ing" for k in range(14)]}
RNG = np.random.default_rng(0)
TAGS = [["DET", "NOUN", "VERB", "NOUN"][: 3 + k % 2] for k in range(40)]
SENTENCES = [[str(RNG.choice(WORDS[tag])) for tag in tags] for tags in TAGS]
CONLLU = "".join(
    "".join(f"{k}\t{word}\t_\t{tag}\t_\t_\t_\t_\t_\t_\n" for k, (word, tag) in enumerate(zip(*pair, strict=True), 1))
    + "\n"
    for pair in zip(SENTENCES, TAGS, strict=True)
)


@pytest.fixture(scope="module")
def fitted():
    """A tagger of sentences whose words tell their tags by their endings."""
    return Tagger(hidden_size=8, epochs=12, settings={"threads": 1, "learning_rate": 0.02}).fit(SENTENCES, TAGS)


def test_new_words_are_tagged_by_their_endings(fitted):
    """Each sentence has as many tags as words, those of words nobody has met among them."""
    answers = fitted.predict([["the", "noun99s", "verb99ing"], ["a"]])
    assert [answer.tolist() for answer in answers] == [["DET", "NOUN", "VERB"], ["DET"]]
    assert [answer.shape for answer in fitted.predict_proba([["the", "noun1s"], ["a"]])] == [(2, 3), (1, 3)]
    assert fitted.classes_.tolist() == ["DET", "NOUN", "VERB"]


def test_a_loaded_tagger_answers_the_same(fitted, tmp_path):
    """The artifact carries vocabularies and spelling; one sentence alone is tagged as among others."""
    again = load(fitted.save(tmp_path / "tags.loom"))
    before, after = fitted.answer(SENTENCES[:3]), again.answer(SENTENCES[:3])
    assert isinstance(again, Tagger)
    np.testing.assert_allclose(after.probabilities, before.probabilities, atol=1e-6)
    np.testing.assert_allclose(
        again.predict_proba([SENTENCES[2]])[0], before.probabilities[before.keys == "2"], atol=1e-6
    )
    assert after.words.tolist() == [word for sentence in SENTENCES[:3] for word in sentence]


def test_it_is_judged_beside_the_alternatives_on_other_data(fitted):
    """Alternatives need data to learn from; tags nobody learned are mistakes."""
    judgement = fitted.evaluate(SENTENCES[:5], [[*tags[:-1], "NEW"] for tags in TAGS[:5]])
    steps = sum(len(tags) for tags in TAGS[:5])
    assert judgement.metrics["model"]["accuracy"] <= (steps - 5) / steps
    baselines = fitted.baselines_
    assert set(baselines) == {"majority", "word_tag", "ending_tag"}


@pytest.mark.parametrize("crf", [False, True])
def test_a_file_of_sentences_is_enough(tmp_path, crf):
    """CoNLL-U in, tags out, with and without a chain over the tags."""
    path = tmp_path / "words.conllu"
    path.write_text(CONLLU)
    model = Tagger(hidden_size=4, epochs=1, crf=crf, settings={"threads": 1}).fit(path, target="upos")
    assert [len(tags) for tags in model.predict(path)] == [len(tags) for tags in TAGS]
    titles = [section.title for section in model.report_.sections]
    assert {"Tags", "Mistakes"} <= set(titles)


def test_steps_of_numbers_are_tagged_too(tmp_path):
    """A long table with a label per step poses the task by itself, and its labels come back as integers."""
    lengths, states = [6 + k % 3 for k in range(24)], [np.arange(6 + k % 3) // 3 % 2 for k in range(24)]
    table = {
        "run": np.repeat(np.arange(24), lengths),
        "x": np.concatenate(states) + RNG.normal(0, 0.1, sum(lengths)),
        "state": np.concatenate(states),
    }
    model = Tagger(hidden_size=4, epochs=2, settings={"threads": 1}).fit(table, target="state", group="run")
    assert model.classes_.tolist() == [0, 1]
    assert set(model.baselines_) == {"majority", "logistic", "recent"}
    assert model.answer(table).words is None


def test_labels_and_steps_must_be_as_many():
    """The sequence is named."""
    with pytest.raises(DataError, match="labels of sequence 1: expected 4, came 3"):
        Tagger().fit(SENTENCES, [TAGS[0], *TAGS[:-1]])
