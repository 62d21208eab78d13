"""A model watched while it answers."""

import torch

from seqloom.explain import ask
from seqloom.explain.watched import has_states, watch


def test_watching_changes_no_answer(network):
    """The step by step run gives the numbers of the engine, for every network of the model."""
    question = network("gru", members=2, layers=2, bidirectional=True)
    found, values = watch(question)
    torch.testing.assert_close(values, question.values, atol=1e-5, rtol=1e-4)
    assert len(found.recurrents) == len(found.traces) == 2
    assert [one.name for one in found.traces[0]][1] == "layer 1, backwards"


def test_decoders_are_not_taken_for_readers(made):
    """Of a translation the encoder is watched."""
    model, (pairs,) = made("translate")
    prepared = model.bundle_.pipeline.transform(model._load_like_training(pairs))

    network = model.bundle_.model
    found, _ = watch(ask(network, network.latest(prepared, network.settings).take(slice(3))))
    assert found.recurrents == (network.encoder.recurrent,)


def test_models_that_read_without_a_state_are_told(network):
    """A convolutional reader has nothing to watch."""
    assert has_states(network("gru").model)
    assert not has_states(network("cnn").model)
