import numpy as np
import pytest
import torch

from seqloom.artifact import load, save
from seqloom.errors import SettingsError
from seqloom.estimators import FitSettings, fit_dataset, plan, text_facts
from seqloom.estimators.known_words import with_width
from seqloom.model import ModelSettings
from seqloom.read import read

QUICK = {"epochs": 1, "hidden_size": 4, "threads": 1, "target": "label", "text": "review", "min_count": 1}


@pytest.fixture
def vectors(tmp_path):
    """A file of vectors of some words."""
    path = tmp_path / "vectors.txt"
    path.write_text("good 1 2 3\nbad -1 -2 -3\nnobody 9 9 9\n")
    return path


@pytest.fixture
def planned(make_reviews, vectors):
    """A training that begins from them."""

    def made(**more):
        settings = FitSettings.flat({**QUICK, "vectors": str(vectors), **more})
        return plan(read(make_reviews(), settings=settings.read), settings)

    return made


def embedding_of(model):
    """The vectors of its first network."""
    return model.members.networks[0].body.encoder.embedding.tables[0].weight


def test_a_model_begins_from_the_vectors_of_its_words(planned):
    """Others are random, as far from zero; the width is that of the file."""
    found = planned(members=2)
    model = found.fresh(found.examples["train"])
    place = 1 + found.pipeline.texts.vocabulary.index("bad")
    for network in model.members.networks:
        weight = network.body.encoder.embedding.tables[0].weight
        assert weight[place].tolist() == [-1, -2, -3]
    assert 1 < embedding_of(model)[0].detach().norm() < 20


def test_coverage_is_told(planned):
    """How many words have a vector, and how much of the texts that is."""
    found = planned()
    has = np.isin(
        found.examples["train"].prepared.codes, [1 + found.pipeline.texts.vocabulary.index(w) for w in ("good", "bad")]
    )
    share = f"{has.mean():.1%}"
    assert text_facts(found)["vectors"] == f"2 of 12 words have one in vectors.txt, {share} of what was written"


@pytest.mark.parametrize("frozen", [True, False])
def test_frozen_vectors_stay_as_they_are(make_reviews, vectors, frozen):
    """Others are learned on from where they began."""
    settings = FitSettings.flat({**QUICK, "vectors": str(vectors), "freeze_vectors": frozen, "learning_rate": 0.1})
    fitted = fit_dataset(read(make_reviews(), settings=settings.read), settings)
    place = 1 + fitted.bundle.pipeline.texts.vocabulary.index("bad")
    begun = torch.tensor([-1.0, -2.0, -3.0])
    assert torch.equal(embedding_of(fitted.walked.model)[place].detach(), begun) is frozen


def test_the_artifact_needs_the_file_no_more(make_reviews, vectors, tmp_path):
    """It holds the vectors themselves."""
    settings = FitSettings.flat({**QUICK, "vectors": str(vectors), "freeze_vectors": True})
    fitted = fit_dataset(read(make_reviews(), settings=settings.read), settings)
    path = save(fitted.bundle, tmp_path / "model")
    vectors.unlink()
    assert torch.equal(embedding_of(load(path).model), embedding_of(fitted.walked.model))


def test_another_width_is_refused(vectors):
    """The message names both."""
    with pytest.raises(
        SettingsError, match=r"embedding: expected 3, the width of the vectors in .*vectors.txt, came 8"
    ):
        with_width(ModelSettings(vectors=str(vectors), embedding=8))
