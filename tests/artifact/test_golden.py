from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal

from seqloom.artifact import Bundle, Golden, excerpt
from seqloom.errors import ArtifactError, DataError
from seqloom.sequence import Column, Schema, SequenceDataset


def test_the_answers_of_the_same_process_agree(bundle: Bundle) -> None:
    """Golden examples replayed where they were recorded pass."""
    bundle.golden.replay(bundle.model, bundle.pipeline, "test")


def test_another_model_s_answers_do_not_agree(fresh: Callable[[str], Bundle]) -> None:
    """Weights moved a little fail the replay."""
    bundle = fresh("forecast")
    with torch.no_grad():
        bundle.model.point.bias += 0.01

    with pytest.raises(ArtifactError, match=r"golden examples, values: expected the answers of training"):
        bundle.golden.replay(bundle.model, bundle.pipeline, "test")


@pytest.mark.parametrize(
    ("outputs", "reason"),
    [
        ({}, "expected the outputs values, quantiles, came none"),
        ({"values": np.zeros((3, 3, 1))}, "expected the outputs values, quantiles, came values"),
        ({"values": np.zeros((2, 3, 1)), "quantiles": np.zeros((3, 3, 1, 2))}, "values: expected shape .2, 3, 1."),
        ({"values": np.zeros((3, 3, 1)), "quantiles": np.zeros((3, 3, 1, 2))}, "values: expected the answers"),
        ({"values": np.full((3, 3, 1), np.nan), "quantiles": np.zeros((3, 3, 1, 2))}, "values: expected the answers"),
    ],
)
def test_answers_that_are_no_answers_are_refused(forecast: Bundle, outputs: dict, reason: str) -> None:
    """Missing, misshapen, wrong and undefined answers fail the replay."""
    with pytest.raises(ArtifactError, match=f"golden examples.*{reason}"):
        Golden(forecast.golden.dataset, outputs).replay(forecast.model, forecast.pipeline, "test")


def test_an_excerpt_takes_the_last_steps_of_a_few_sequences(forecast: Bundle) -> None:
    """The excerpt spreads over the data set and keeps the end of each sequence."""
    dataset = forecast.golden.dataset
    speed = dataset.steps["speed"]

    short = excerpt(dataset, sequences=2, steps=5)

    assert list(short.keys) == [dataset.keys[0], dataset.keys[-1]]
    assert_array_equal(short.steps["speed"], np.concatenate([speed[25:30], speed[85:90]]))
    assert_array_equal(short.offsets, [0, 5, 10])


def test_an_excerpt_takes_no_more_than_there_is(forecast: Bundle) -> None:
    """A short data set is its own excerpt."""
    dataset = forecast.golden.dataset

    assert_array_equal(excerpt(dataset, sequences=50, steps=5000).offsets, dataset.offsets)


def test_an_excerpt_leaves_out_sequences_too_short_to_predict_from(forecast: Bundle) -> None:
    """Sequences with fewer steps than asked for are not taken."""
    dataset = excerpt(forecast.golden.dataset, steps=30)
    uneven = replace(dataset, offsets=np.array([0, 10, 50, 90]))

    assert list(excerpt(uneven, least=20).keys) == list(dataset.keys[1:])


def test_data_without_a_sequence_long_enough_is_refused(forecast: Bundle) -> None:
    """Where nothing can be predicted from, no examples can be recorded."""
    with pytest.raises(DataError, match="expected a sequence of 31 steps, came at most 30"):
        excerpt(forecast.golden.dataset, least=31)


@pytest.mark.parametrize("target", [0.0, 7.0, np.nan], ids=["zero", "constant", "unknown"])
def test_a_target_without_spread_is_judged_by_its_size(forecast: Bundle, target: float) -> None:
    """Answers are compared even where the golden targets do not vary."""
    steps = {**forecast.golden.dataset.steps, "load": np.full(90, target)}
    golden = Golden(replace(forecast.golden.dataset, steps=steps), forecast.golden.outputs)

    assert (golden._allowed("values", np.zeros((3, 3, 1))) == 1e-4 * (7.0 if target == 7 else 1.0)).all()


def test_the_future_of_an_excerpt_has_no_targets(forecast: Bundle) -> None:
    """The targets of the last steps are taken out, in the excerpt alone."""
    dataset = replace(forecast.golden.dataset, steps={**forecast.golden.dataset.steps, "load": np.ones(90)})

    future = np.isnan(excerpt(dataset, ahead=3).steps["load"]).reshape(3, 30)

    assert_array_equal(future.sum(axis=0), [0] * 27 + [3] * 3)
    assert not np.isnan(dataset.steps["load"]).any()


@pytest.mark.parametrize(("share", "agrees"), [(0.5e-4, True), (3e-4, False)])
def test_answers_may_differ_by_a_ten_thousandth_of_the_spread(forecast: Bundle, *, share: float, agrees: bool) -> None:
    """The tolerance is measured in the spread of the target: other machines round, other models differ by more."""
    target = forecast.golden.dataset.steps["load"]
    shift = share * (np.nanmax(target) - np.nanmin(target)) / 2
    golden = Golden(forecast.golden.dataset, {name: values + shift for name, values in forecast.golden.outputs.items()})

    if agrees:
        golden.replay(forecast.model, forecast.pipeline, "test")
    else:
        with pytest.raises(ArtifactError, match="golden examples"):
            golden.replay(forecast.model, forecast.pipeline, "test")


def test_an_excerpt_holds_no_texts_but_its_own(texts: Bundle) -> None:
    """What else was written stays with its owner; codes and texts still belong together."""
    dataset = texts.golden.dataset
    assert len(dataset.categories["note"]) == len(set(dataset.steps["note"].tolist())) == 3
    assert [dataset.categories["note"][code] for code in dataset.steps["note"]] == [
        "word 0 of",
        "word 5 of",
        "word 11 of",
    ]


def test_texts_are_answered_as_they_were(texts: Bundle) -> None:
    """The tokenizer is part of what is replayed."""
    texts.golden.replay(texts.model, texts.pipeline, "test")


def test_an_excerpt_keeps_no_words_but_its_own() -> None:
    """Of a category with many labels only those that occur stay, and each step keeps its own."""
    words = tuple(f"word{place:03d}" for place in range(300))
    whole = SequenceDataset(
        schema=Schema(columns=(Column(name="form", kind="category", role="past"),)),
        offsets=np.array([0, 300]),
        steps={"form": np.append(np.arange(299), -1).astype(np.int32)},
        statics={},
        keys=np.array(["s"]),
        categories={"form": words},
    )
    kept = excerpt(whole, steps=3)
    assert kept.categories["form"] == ("word297", "word298")
    assert kept.steps["form"].tolist() == [0, 1, -1]


def test_an_excerpt_names_the_labels_of_its_own_sequences_alone() -> None:
    """Of hundreds of sets of labels only those that occur are kept, and stay what they were."""
    labels = tuple(f"a|{number}" for number in range(300))
    schema = Schema(columns=(Column(name="y", kind="category", role="target"),), per_step_target=False)
    codes = np.arange(300, dtype=np.int32)[::-1].copy()
    dataset = SequenceDataset(schema, np.arange(301), {}, {"y": codes}, np.arange(300).astype(str), {"y": labels})
    short = excerpt(dataset, sequences=3)
    assert len(short.categories["y"]) == 3
    kept = [short.categories["y"][code] for code in short.statics["y"]]
    assert kept == [labels[codes[int(key)]] for key in short.keys]
