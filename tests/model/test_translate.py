"""The model of translations, on batches made by hand."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from seqloom.errors import SchemaError
from seqloom.model import InputSizes, ModelSettings, TranslateModel
from seqloom.prepare import Pipeline, PrepareSettings, split
from seqloom.prepare.settings import SplitSettings
from seqloom.read import ReadSettings, read

SETTINGS = ModelSettings(hidden_size=6, embedding=5, bidirectional=True, beam=2)
SIZES = InputSizes(numbers=0, code_sizes=(7,), symbols=4, text=0)
LENGTHS = (4, 3, 1)
TARGETS = ([1, 2], [0, 3, 1], [2])


@pytest.fixture
def model():
    """A small model in evaluation mode."""
    torch.manual_seed(0)
    return TranslateModel(SETTINGS, SIZES).eval()


@pytest.fixture
def pairs(batch):
    """The maker of batches of tokens and symbols."""

    def make(lengths=LENGTHS, targets=TARGETS, seed=0):
        made = batch(lengths, 0)
        codes = torch.randint(0, 7, (made.rows, 1), generator=torch.Generator().manual_seed(seed))
        flat = torch.tensor([symbol for target in targets for symbol in target], dtype=torch.int64)
        return replace(made, codes=codes, target=flat, target_lengths=torch.tensor([len(own) for own in targets]))

    return make


def alone(batch, place):
    """One sequence of a batch as a batch of its own."""
    rows = batch.numbers.sequence_rows == place
    ends = np.cumsum([0, *batch.target_lengths.tolist()])
    return replace(
        batch,
        numbers=type(batch.numbers)(batch.numbers.values[rows], torch.ones(int(rows.sum()), dtype=torch.int64)),
        codes=batch.codes[rows],
        static_numbers=batch.static_numbers[:1],
        static_codes=batch.static_codes[:1],
        future_numbers=batch.future_numbers[:1],
        future_codes=batch.future_codes[:1],
        target=batch.target[ends[place] : ends[place + 1]],
        target_lengths=batch.target_lengths[place : place + 1],
        order=torch.zeros(1, dtype=torch.int64),
    )


def test_the_loss_is_averaged_over_all_symbols_and_ends(model, pairs):
    """It is that of each sequence alone, weighted by its symbols."""
    batch = pairs()
    each = [model.criterion(alone(batch, place)) for place in range(3)]
    assert [terms for _, terms in each] == [3, 4, 2]
    total, terms = model.criterion(batch)
    assert terms == 9
    assert total == pytest.approx(sum(own for own, _ in each), rel=1e-5)


def test_labels_are_smoothed_in_training_alone(pairs):
    """The criterion is the plain cross-entropy."""
    torch.manual_seed(0)
    model = TranslateModel(SETTINGS.model_copy(update={"label_smoothing": 0.5}), SIZES).eval()
    loss, _ = model.loss(pairs())
    total, terms = model.criterion(pairs())
    assert float(loss.detach()) != pytest.approx(total / terms, abs=1e-3)


def test_translations_do_not_depend_on_those_beside_them(model, pairs):
    """Symbols, scores, attention and scores of references are those of each sequence alone."""
    batch = pairs()
    together = model.predict(batch)
    symbols = torch.split(together["symbols"].values, together["symbols"].lengths.tolist())
    weights = torch.split(together["attention"].values, together["attention"].lengths.tolist())
    for place in range(3):
        own = model.predict(alone(batch, place))
        assert own["symbols"].values.tolist() == symbols[place].tolist()
        torch.testing.assert_close(own["scores"][0], together["scores"][place], rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(own["attention"].values, weights[place], rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(own["reference_scores"][0], together["reference_scores"][place])


def test_scores_of_references_are_the_criterion(model, pairs):
    """With the other sign."""
    total, _ = model.criterion(pairs())
    assert -float(model.predict(pairs())["reference_scores"].detach().sum()) == pytest.approx(total, rel=1e-5)


@pytest.mark.parametrize("targets", [([], [], []), ([], [1], [])])
def test_sentences_without_a_translation_are_translated(model, pairs, targets):
    """They have no score of a reference."""
    found = model.predict(pairs(targets=targets))
    missing = [not target for target in targets]
    assert torch.isnan(found["reference_scores"]).tolist() == missing
    assert len(found["symbols"].lengths) == 3


def test_a_wider_beam_finds_no_worse_translation(model, pairs):
    """By the normalised score it is chosen by; here, without normalisation, by the score itself."""
    scores = []
    for beam in (1, 8):
        model.settings = SETTINGS.model_copy(update={"beam": beam, "length_penalty": 0.0})
        scores.append(model.predict(pairs())["scores"])
    assert (scores[1] >= scores[0] - 1e-5).all()


def test_an_order_of_words_is_learned(pairs):
    """After some updates the source is written backwards, with attention on the right tokens."""
    torch.manual_seed(0)
    model = TranslateModel(ModelSettings(hidden_size=24, embedding=12, bidirectional=True, beam=1), SIZES)
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    sources = torch.randint(1, 5, (64, 4), generator=torch.Generator().manual_seed(1))
    batch = pairs((4,) * 64, [[code - 1 for code in reversed(source)] for source in sources.tolist()])
    batch = replace(batch, codes=sources.T.reshape(-1, 1))
    for _ in range(60):
        optimizer.zero_grad()
        loss, _ = model.loss(batch)
        torch.autograd.backward(loss)
        optimizer.step()
    found = model.eval().predict(batch)
    written = torch.split(found["symbols"].values, found["symbols"].lengths.tolist())
    backwards = [[code - 1 for code in reversed(source)] for source in sources.tolist()]
    assert np.mean([own.tolist() == true for own, true in zip(written, backwards, strict=True)]) > 0.9


def prepared_pairs(**columns):
    """A small prepared data set of texts."""
    settings = ReadSettings(target=("en",), text=tuple(columns), per_step_target=False)
    dataset = read(columns, settings=settings)
    parts = split(dataset, SplitSettings(split="order", test_size=1, validation_size=1), by_steps=False, seed=0)
    prepare = PrepareSettings(tokens="bpe", target_tokens="bpe", lowercase=False, min_count=1)
    pipeline = Pipeline.fit(dataset, parts, prepare, task="symbols", history=False)
    return pipeline, pipeline.transform(dataset), parts


def test_answers_are_texts_with_what_was_read(model):
    """Each alignment has a row for every symbol and the end, a column for every token of the source."""
    pipeline, prepared, _ = prepared_pairs(de=["ein Hund", "zwei", "ein Mann"], en=["a dog", "two", "a man"])
    examples = TranslateModel.latest(prepared, SETTINGS)
    lengths, symbols = examples.lengths, int(prepared.target_offsets[1])
    counts = np.array([symbols + 1, 1, 1]) * lengths  # the second and third answer are empty
    outputs = {
        "symbols": prepared.targets[:symbols],
        "symbols_offsets": np.array([0, symbols, symbols, symbols]),
        "scores": np.array([-1.0, -2.0, -3.0]),
        "attention": np.ones(counts.sum(), np.float32),
        "attention_offsets": np.concatenate([[0], np.cumsum(counts)]),
        "reference_scores": np.array([-1.0, np.nan, -3.0]),
    }
    found = model.prediction(outputs, pipeline, examples)
    assert found.texts.tolist() == ["a dog", "", ""]
    assert found.alignments[0].weights.shape == (symbols + 1, lengths[0])
    assert "".join(found.alignments[0].source).replace("▁", " ").strip() == "ein Hund"
    assert list(found.to_columns()) == ["sequence", "en", "log_probability"]


def test_sentences_without_a_translation_are_not_learned_from():
    """A part holds only those that have one."""
    _, prepared, parts = prepared_pairs(
        de=["ein Hund", "zwei", "drei", "ein Mann", "vier"], en=["a dog", "two", "three", None, "four"]
    )
    assert len(TranslateModel.examples(prepared, parts, "train", SETTINGS)) == 3
    assert len(TranslateModel.examples(prepared, parts, "validation", SETTINGS)) == 0


def test_numbers_cannot_be_translated():
    """The message says how a column is read as texts."""
    settings = ReadSettings(target=("en",), text=("en",), per_step_target=False, layout="nested")
    dataset = read({"x": [[1.0, 2.0], [3.0]], "en": ["one two", "three"]}, settings=settings)
    parts = split(dataset, SplitSettings(split="order", test_size=0, validation_size=1), by_steps=False, seed=0)
    pipeline = Pipeline.fit(dataset, parts, PrepareSettings(min_count=1), task="symbols", history=False)
    with pytest.raises(SchemaError, match="expected a column of texts to translate, came none; name it with --text"):
        TranslateModel.examples(pipeline.transform(dataset), parts, "train", SETTINGS)


def test_the_softmax_is_that_of_the_logits(model, pairs):
    """The loss found some rows at a time is torch's of all logits."""
    batch = pairs()
    _, memory, position = model._read(batch)
    taught = model._taught(batch)
    logits = model.decoder.logits(model.decoder.taught(taught, memory, position).vectors)
    total, terms = model.criterion(batch)
    assert total / terms == pytest.approx(functional.cross_entropy(logits, taught.asked).item(), rel=1e-5)
