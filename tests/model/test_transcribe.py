from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.errors import DataError
from seqloom.model import Facts, InputSizes, ModelSettings, TranscribeModel, outputs
from seqloom.prepare import Pipeline, PrepareSettings, whole
from seqloom.read import ReadSettings, from_arrays

TEXTS = ["ab", "b", "aab", ""]
LENGTHS = [6, 2, 5, 4]
READING = ReadSettings(target="target", text="target", per_step_target=False)


@pytest.fixture(scope="module")
def data():
    """Four sequences with a text each, the last with an empty one."""
    rng = np.random.default_rng(0)
    return from_arrays([rng.normal(size=(steps, 2)) for steps in LENGTHS], TEXTS, settings=READING)


@pytest.fixture(scope="module")
def pipeline(data):
    """Their preparation."""
    return Pipeline.fit(data, whole(data, "train"), PrepareSettings(), task="symbols")


def transcriber(**choices):
    """A model with random weights for two symbols and the unknown one."""
    torch.manual_seed(0)
    sizes = InputSizes(numbers=2, symbols=3)
    return TranscribeModel(ModelSettings(hidden_size=8, bidirectional=True, **choices), sizes).eval()


def examples(data, pipeline, segment=1):
    """All sequences, with their texts."""
    settings = ModelSettings(segment=segment)
    return TranscribeModel.examples(pipeline.transform(data), whole(data, "test"), "test", settings)


def test_a_sequence_says_the_same_alone_and_in_company(data, pipeline):
    """Neither text nor probability depends on the other sequences of the batch."""
    model, every = transcriber(), examples(data, pipeline)
    together = outputs(model, every)
    for one in range(4):
        alone = outputs(model, every.take(np.array([one])))
        begin, end = together["symbols_offsets"][one : one + 2]
        assert alone["symbols"].tolist() == together["symbols"][begin:end].tolist()
        np.testing.assert_allclose(alone["scores"], together["scores"][one : one + 1], atol=1e-5)


def test_loss_and_criterion_count_symbols(data, pipeline):
    """Both are minus the log of the texts' probability, over as many symbols; no text teaches nothing."""
    model, batch = transcriber(), examples(data, pipeline).batch(np.arange(4))
    total, count = model.criterion(batch)
    assert count == 6
    assert float(model.loss(batch)[0].detach()) == pytest.approx(total / 6)
    known, _ = model.criterion(examples(data, pipeline).batch(np.arange(3)))
    assert total == pytest.approx(known, rel=1e-5)


def test_scores_are_the_probabilities_of_the_texts(data, pipeline):
    """A wide beam says nothing less probable than the best path does."""
    every = examples(data, pipeline)
    wide, greedy = (outputs(transcriber(beam=beam), every)["scores"] for beam in (50, 1))
    assert (wide >= greedy - 1e-5).all()
    assert (wide <= 1e-6).all()


def test_texts_are_spelled_by_the_pipeline(data, pipeline):
    """The answer holds texts of the symbols of the training part, with keys and the name of the target."""
    model, every = transcriber(), examples(data, pipeline)
    found = model.prediction(outputs(model, every), pipeline, every)
    assert set("".join(found.texts)) <= set("ab")
    assert found.target == "target"
    assert found.keys.tolist() == data.keys.tolist()


def test_steps_may_be_stacked(data, pipeline):
    """Two rows make a step, a row that is left over is not read."""
    every = examples(data.take([0, 3, 3]), pipeline, segment=2)
    assert every.lengths.tolist() == [3, 2, 2]
    assert every.batch(np.arange(3)).numbers.values.shape == (7, 4)
    assert len(outputs(transcriber(segment=2), every)["scores"]) == 3
    odd = from_arrays(
        [np.zeros((5, 2))], settings=READING.model_copy(update={"target": (), "text": ()}), schema=data.schema
    )
    assert TranscribeModel.latest(pipeline.transform(odd), ModelSettings(segment=2)).stop.tolist() == [4]


@pytest.mark.parametrize(
    ("steps", "text", "segment", "words"),
    [
        (
            2,
            "aa",
            1,
            "sequence '1': expected at least 3 steps for its symbols, with one between equal neighbours, came 2",
        ),
        (3, "ab", 2, "sequence '1': expected at least 2 steps"),
        (1, "a", 2, "sequence '1': expected at least the 2 rows of a step, came 1"),
    ],
)
def test_more_symbols_than_steps_are_refused(steps, text, segment, words):
    """The sequence is named, with what it would need."""
    data = from_arrays([np.zeros((9, 2)), np.ones((steps, 2))], ["ab", text], settings=READING)
    pipeline = Pipeline.fit(data, whole(data, "train"), PrepareSettings(), task="symbols")
    with pytest.raises(DataError, match=words):
        examples(data, pipeline, segment)


def test_training_makes_the_texts_more_probable(data, pipeline):
    """Some steps of descent lower the loss."""
    model, batch = transcriber().train(), examples(data, pipeline).batch(np.arange(4))
    losses = []
    for _ in range(15):
        loss, _ = model.loss(batch)
        losses.append(float(loss.detach()))
        slopes = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            for weight, slope in zip(model.parameters(), slopes, strict=True):
                weight.sub_(0.5 * slope)
    assert losses[-1] < 0.7 * losses[0]


def test_width_and_directions_are_chosen():
    """Whole sequences are read both ways, by a network as wide as there are steps; what was chosen stays."""
    chosen = TranscribeModel.choose(ModelSettings(), Facts(lengths=np.full(30, 100)))
    assert (chosen.settings.bidirectional, chosen.settings.hidden_size) == (True, 32)
    assert set(chosen.reasons) == {"bidirectional", "hidden_size"}
    given = ModelSettings(bidirectional=False, hidden_size=5)
    assert TranscribeModel.choose(given, Facts(lengths=np.full(30, 100))).settings == given


def test_unlabelled_sequences_are_answered(data, pipeline):
    """Where no text is known there is no loss, and still an answer."""
    prepared = pipeline.transform(data.take([3]))
    every = TranscribeModel.latest(prepared, ModelSettings())
    model = transcriber()
    assert model.criterion(every.batch(np.arange(1))) == (0.0, 0)
    assert len(outputs(model, replace(every))["scores"]) == 1
