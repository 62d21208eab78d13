"""Targets that are the next token."""

import numpy as np
import pytest

from seqloom.errors import SchemaError
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, split, whole
from seqloom.read import ReadSettings, from_texts, read


def test_the_target_of_a_token_is_the_one_that_follows():
    """Within a text each target is the code of the next token; the last has none."""
    dataset = from_texts(["abab\nb", "ba"])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next")
    prepared = pipeline.transform(dataset)
    codes = prepared.codes[:, 0].tolist()
    assert prepared.targets.tolist() == [*codes[1:6], -1, codes[7], -1]
    assert prepared.labelled_steps
    assert "".join(pipeline.tokens[code] for code in codes) == "abab\nbba"
    assert prepared.characters.tolist() == [5, 1, 2]


def test_tokens_of_other_parts_are_unknown_and_still_predicted():
    """A character the training part does not have is the unknown token, which is a class of its own."""
    dataset = from_texts(["a\na\na\nz\n"])
    parts = split(dataset, SplitSettings(validation_size=1, test_size=1), by_steps=True, seed=0)
    prepared = Pipeline.fit(dataset, parts, PrepareSettings(), task="next").transform(dataset)
    assert prepared.codes[6, 0] == 0
    assert prepared.targets[5] == 0


def test_a_pipeline_of_running_text_is_restored():
    """Settings and arrays give the same codes and targets again."""
    dataset = from_texts(["to be\nor not\n"])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(tokens="words"), task="next")
    again = Pipeline.restore(pipeline.settings(), pipeline.arrays())
    assert again.tokens == pipeline.tokens
    np.testing.assert_array_equal(again.transform(dataset).targets, pipeline.transform(dataset).targets)


def test_other_columns_beside_a_text_are_refused():
    """A language model reads its text and nothing else."""
    table = {"line": ["to be or not to be", "that is the question"], "act": [3.0, 1.0]}
    dataset = read(table, settings=ReadSettings(target="line", text="line", per_step_target=True))
    with pytest.raises(SchemaError, match=r"expected running text, or one column of texts and no other"):
        Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next")
