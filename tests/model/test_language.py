"""The language model."""

import sys

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.model import Facts, LanguageModel, ModelSettings, build, outputs, predict, predict_dataset, sizes_of
from seqloom.prepare import Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_texts

TEXT = "to be or not to be\nthat is the question\n"
# 1e-5: single precision, sums of some ten products in another order
CLOSE = {"rtol": 1e-5, "atol": 1e-5}


@pytest.fixture
def data():
    """Two texts and their pipeline."""
    dataset = from_texts([TEXT, TEXT[::-1]])
    return dataset, Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next")


def examples_of(data, window=0):
    """All of the texts."""
    dataset, pipeline = data
    prepared = pipeline.transform(dataset)
    spans = np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1)
    return running_text(prepared, spans, "test", window=window)


def model_of(examples, **choices):
    """A small model with random weights of some size."""
    torch.manual_seed(0)
    settings = ModelSettings(**{"hidden_size": 6, "embedding": 4, "tied": False, **choices})
    model = build("language", settings, sizes_of(examples)).eval()
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return model


@pytest.mark.parametrize("choices", [{}, {"tied": True}, {"tied": True, "embedding": 6}, {"cell": "gru", "layers": 2}])
def test_the_answer_is_the_softmax_step_by_step(data, choices):
    """Read one token after the other by the layers' own step, each token has the probability that is answered."""
    examples = examples_of(data)
    model = model_of(examples, **choices)
    codes = torch.from_numpy(examples.prepared.codes[:, 0].astype(np.int64))
    expected, state = [], model.recurrent.initial_state(1)
    with torch.no_grad():
        for row in range(len(TEXT) - 1):
            state, hidden = model.recurrent.step(state, model.embedding(codes[row : row + 1]))
            scores = model.bridge(hidden) @ model.output_weight.t() + model.bias
            expected.append(float(torch.log_softmax(scores, dim=1)[0, codes[row + 1]]))
    found = predict(model, data[1], examples)
    np.testing.assert_allclose(found.log_probabilities[: len(expected)], expected, **CLOSE)


def test_tied_vectors_are_learned_once(data):
    """A tied model has no weights of its own for writing; vectors of another width are reached by a map."""
    examples = examples_of(data)
    tokens = len(data[1].tokens)
    apart, tied, level = (
        model_of(examples, **choices).parameter_count
        for choices in ({}, {"tied": True}, {"tied": True, "embedding": 6})
    )
    assert apart - tied == tokens * 6 - (6 * 4 + 4)
    assert "bridge.weight" not in model_of(examples, tied=True, embedding=6).state_dict()
    assert level > 0


def test_the_loss_is_the_mean_surprise(data):
    """The loss in evaluation is minus the mean of the answered logarithms."""
    examples = examples_of(data)
    model = model_of(examples)
    loss, _ = model.loss(examples.batch(np.arange(2)))
    assert float(loss.detach()) == pytest.approx(-predict(model, data[1], examples).log_probabilities.mean(), rel=1e-5)


def test_windows_forget_and_one_pass_remembers(data):
    """In windows each first token is judged after one token alone; in one pass after all before it."""
    model = model_of(examples_of(data))
    one, cut = (predict(model, data[1], examples_of(data, window)) for window in (0, 8))
    np.testing.assert_allclose(one.log_probabilities[:8], cut.log_probabilities[:8], **CLOSE)
    assert not np.allclose(one.log_probabilities[8:16], cut.log_probabilities[8:16])
    assert one.steps.tolist() == cut.steps.tolist()


def test_a_text_longer_than_memory_is_read_in_pieces(data, monkeypatch):
    """Cut into pieces of any length, with the state handed on, a text gets the same answers."""
    examples = examples_of(data)
    model = model_of(examples)
    expected = outputs(model, examples)
    monkeypatch.setattr(sys.modules[predict.__module__], "BATCH_STEPS", 7)
    for name, values in outputs(model, examples).items():
        np.testing.assert_allclose(values, expected[name], **CLOSE)


def test_expected_surprise_and_best_token_are_those_of_the_distribution(data):
    """Entropy and the most probable token agree with the probabilities of all tokens."""
    examples = examples_of(data)
    model = model_of(examples)
    batch = examples.batch(np.arange(1))
    with torch.no_grad():
        _, rows = model.hidden(batch)
        shares = torch.softmax(rows @ model.output_weight.t() + model.bias, dim=1)
        found = model.predict(batch)
    torch.testing.assert_close(found["expected"], torch.distributions.Categorical(shares).entropy(), **CLOSE)
    assert torch.equal(found["best"].long(), shares.argmax(dim=1))


def test_a_prediction_tells_each_token_by_name(data):
    """The table has a row for each token but the first of each text."""
    columns = predict_dataset(model_of(examples_of(data)), data[1], data[0]).to_columns()
    assert "".join(columns["token"][: len(TEXT) - 1]) == TEXT[1:]
    assert columns["step"][:2].tolist() == [2, 3]
    assert sorted(set(columns["sequence"].tolist())) == ["text 1", "text 2"]


def test_dropout_acts_in_training_only(data):
    """The same batch has another loss each time in training, and the same one in evaluation."""
    examples = examples_of(data)
    model = model_of(examples, dropout=0.5, weight_dropout=0.5)
    batch = examples.batch(np.arange(2))
    assert model.train().loss(batch)[0] != model.loss(batch)[0]
    assert model.eval().loss(batch)[0] == model.loss(batch)[0]


def test_reading_backwards_is_refused():
    """What comes later must not be known."""
    with pytest.raises(SettingsError, match=r"bidirectional: expected reading forwards only"):
        LanguageModel.choose(ModelSettings(bidirectional=True), Facts(np.array([100]), vocabulary=60))
