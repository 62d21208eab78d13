"""Words read by their letters."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, split, whole
from seqloom.prepare.spelling import FEATURES, FEW, columns_of_words, spell, spelled

SPELLING = PrepareSettings(spelling=True)


@pytest.fixture
def sentences(dataset):
    """Many different words, `w0` twice and all others once, with a tag each."""
    words = ["w0", *(f"w{place}ing" for place in range(FEW + 4)), "w0"]
    tags = ["x" if word == "w0" else "y" for word in words]
    return dataset({"form": words, "tag": tags}, lengths=[len(words) - 3, 3], target="tag")


def test_there_are_as_many_features_as_names():
    """A word of any length has all features."""
    assert all(len(tuple(spell(word))) == len(FEATURES) for word in ("", "a", "McDonald", "№5"))


def test_a_short_word_is_no_ending_of_a_longer_one():
    """`at` and `cat` end alike in two letters, but not in three."""
    short, longer = (dict(zip(FEATURES, spell(word), strict=True)) for word in ("at", "cat"))
    assert short["suffix2"] == longer["suffix2"]
    assert short["suffix3"] != longer["suffix3"]


def test_capitals_show_in_the_shape_alone():
    """All but the shape is of the word in small letters."""
    small, capital = tuple(spell("us")), tuple(spell("US"))
    assert [one == other for one, other in zip(small, capital, strict=True)] == [True, False] + [True] * 8


def test_categories_of_few_labels_are_no_words(dataset):
    """Whether a column is one of words is told by its labels in the training part."""
    few = dataset({"k": [f"v{place}" for place in range(FEW)], "tag": ["a", "b"] * (FEW // 2)}, target="tag")
    many = dataset({"k": [f"v{place}" for place in range(FEW + 1)], "tag": ["a"] * (FEW + 1)}, target="tag")
    assert columns_of_words(few, np.arange(FEW), SPELLING) == ()
    assert columns_of_words(many, np.arange(FEW + 1), SPELLING) == ("k",)
    assert columns_of_words(many, np.arange(FEW), SPELLING) == ()
    assert columns_of_words(many, np.arange(FEW + 1), PrepareSettings(spelling=True, encoding="one-hot")) == ()


def test_missing_words_have_no_features(dataset):
    """The code of what is read off a missing word is that of a missing label."""
    found = spelled(dataset({"form": ["ab", None, "AB"]}), ("form",))
    lower, shape = found.steps["form:lower"], found.steps["form:shape"]
    assert lower.tolist() == [0, -1, 0]
    assert shape[1] == -1
    assert shape[0] != shape[2]


def test_rare_words_are_unknown_and_their_endings_known(sentences):
    """The vocabulary has words met twice, and endings met twice."""
    prepared = Pipeline.fit(sentences, whole(sentences, "train"), SPELLING, task="classes").transform(sentences)
    codes = dict(zip(prepared.code_names, prepared.codes.T, strict=True))
    assert (codes["form"] > 0).tolist() == [True] + [False] * (FEW + 4) + [True]
    assert (codes["form:suffix3"][1:-1] > 0).all()
    assert prepared.words is not None
    assert prepared.words.new(np.array([0, 1])).tolist() == [False, True]
    assert prepared.words.at(np.array([0, 1])) == ["w0", "w0ing"]


def test_new_words_are_unknown_and_other_new_labels_refused(sentences, dataset):
    """A word nobody has met is read by its letters; without spelling it is refused, as every new label is."""
    new = dataset({"form": ["brandnewing"], "tag": ["x"]}, target="tag")
    parts = split(sentences, SplitSettings(validation_size=0, test_size=0), by_steps=False, seed=0)
    prepared = Pipeline.fit(sentences, parts, SPELLING, task="classes").transform(new)
    codes = dict(zip(prepared.code_names, prepared.codes[0].tolist(), strict=True))
    assert codes["form"] == 0
    assert codes["form:suffix3"] > 0
    with pytest.raises(DataError, match="came 'brandnewing'"):
        Pipeline.fit(sentences, parts, PrepareSettings(), task="classes").transform(new)


def test_a_restored_pipeline_reads_letters_too(sentences):
    """Settings and arrays give the same codes again."""
    pipeline = Pipeline.fit(sentences, whole(sentences, "train"), SPELLING, task="classes")
    again = Pipeline.restore(pipeline.settings(), pipeline.arrays())
    assert again.words == ("form",)
    assert np.array_equal(again.transform(sentences).codes, pipeline.transform(sentences).codes)
