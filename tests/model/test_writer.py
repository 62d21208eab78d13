"""Going on with a text."""

from itertools import pairwise, product

import numpy as np
import pytest
import torch

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.model import Drawing, ModelSettings, Writer, build, sizes_of
from seqloom.prepare import Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_arrays, from_texts

TEXT = "abba bab\nähb a\n"


def writer_of(tokens="characters", text=TEXT, **choices):
    """A writer with random weights of some size, and its model."""
    dataset = from_texts([text])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(tokens=tokens), task="next")
    prepared = pipeline.transform(dataset)
    examples = running_text(prepared, np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1), "train")
    torch.manual_seed(0)
    settings = ModelSettings(**{"hidden_size": 6, "embedding": 4, "tied": True, **choices})
    model = build("language", settings, sizes_of(examples)).eval()
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.7)
    return Writer(model, pipeline), model


def log_probability(model, codes, start):
    """The logarithm of the probability of the tokens from `start` on, by the model's own reading."""
    rows = torch.tensor(codes)
    with torch.no_grad():
        state, total = model.recurrent.initial_state(1), 0.0
        for place, (code, following) in enumerate(pairwise(codes)):
            state, hidden = model.recurrent.step(state, model.embedding(torch.tensor([code])))
            logits = (model.bridge(hidden) @ model.output_weight.t() + model.bias)[0]
            logits[0] = -torch.inf
            if place + 1 >= start:
                total += float(torch.log_softmax(logits, dim=0)[following])
    assert len(rows) == len(codes)
    return total


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn", "mingru"])
def test_greedy_text_is_the_most_probable_token_each_time(cell):
    """With top_k 1 every token is the one the model finds most probable after all before it."""
    writer, model = writer_of(cell=cell, layers=2)
    text = "".join(writer.stream("ab", length=12, drawing=Drawing(top_k=1)))
    codes = writer.codes("ab" + text).tolist()
    for place in range(2, len(codes)):
        rivals = [log_probability(model, [*codes[:place], code], place) for code in range(1, len(writer.vocabulary))]
        assert 1 + int(np.argmax(rivals)) == codes[place]


def test_the_same_seed_gives_the_same_text():
    """Another seed gives another one; the seed text changes what follows."""
    writer, _ = writer_of()
    first, again, other = ("".join(writer.stream("ab", length=60, drawing=Drawing(seed=seed))) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 60


def test_text_comes_as_it_is_made():
    """The first piece is there before the last one is computed."""
    writer, _ = writer_of()
    pieces = writer.stream("a", length=10**9)
    assert len(next(pieces)) == 1


def test_a_beam_as_wide_as_all_texts_finds_the_most_probable_one():
    """Of all texts of three tokens the search gives the one the model finds most probable."""
    writer, model = writer_of(text="ab\n" * 3)
    found = "".join(writer.stream("a", length=3, drawing=Drawing(beam=27)))
    first = writer.codes("a").tolist()
    every = {
        codes: log_probability(model, [*first, *codes], 1)
        for codes in product(range(1, len(writer.vocabulary)), repeat=3)
    }
    assert tuple(writer.codes(found).tolist()) == max(every, key=every.get)


def test_a_wider_beam_finds_no_worse_text():
    """The text of a search is at least as probable as that of the greedy choice."""
    writer, model = writer_of()
    texts = ["".join(writer.stream("b", length=15, drawing=drawing)) for drawing in (Drawing(top_k=1), Drawing(beam=6))]
    greedy, searched = (log_probability(model, writer.codes("b" + text).tolist(), 1) for text in texts)
    assert searched >= greedy


@pytest.mark.parametrize("tokens", ["characters", "words", "bpe", "wordpiece"])
def test_what_is_written_is_whole_characters_the_model_knows(tokens):
    """No piece ends within a character, and the unknown token is never written."""
    writer, _ = writer_of(tokens=tokens)
    pieces = list(writer.stream(length=200))
    text = "".join(pieces)
    assert text.encode().decode() == text
    assert "[UNK]" not in text
    if tokens != "bpe":  # random bytes need not be characters
        assert "\N{REPLACEMENT CHARACTER}" not in text


def test_words_are_parted_by_spaces_also_from_the_seed_text():
    """After a word stands a space, at the beginning of a line none."""
    writer, _ = writer_of(tokens="words", text="to be or not\n" * 4)
    after_word = "".join(writer.stream("to be", length=30, drawing=Drawing(seed=3)))
    assert after_word.startswith((" ", "\n"))
    assert not "".join(writer.stream("to be\n", length=30, drawing=Drawing(seed=3))).startswith(" ")
    assert "\n " not in after_word


def test_the_end_of_a_line_stands_before_a_text_out_of_nothing():
    """Without a seed text the model begins a new line."""
    writer, _ = writer_of()
    assert writer.codes("").tolist() == [writer.vocabulary.index("\n")]
    without, _ = writer_of(text="abab")
    assert without.codes("").tolist() == [1]


def test_a_seed_text_the_model_does_not_know_is_refused():
    """The message names the first character, or word, that was never met."""
    with pytest.raises(DataError, match=r"seed text: expected tokens of the training text, came 'ß'"):
        writer_of()[0].stream("aß")
    with pytest.raises(DataError, match=r"came 'whale'"):
        writer_of(tokens="words")[0].stream("abba whale a")
    with pytest.raises(DataError, match=r"seed text: expected some text"):
        writer_of(tokens="words")[0].stream("  ")


def test_a_length_below_one_is_refused():
    """Nothing is no text."""
    with pytest.raises(SettingsError, match=r"length: expected at least 1, came 0"):
        writer_of()[0].stream(length=0)


def test_a_pipeline_without_text_is_refused():
    """A model of numbers does not write."""
    dataset = from_arrays([np.arange(4.0)] * 3, [1.0, 2.0, 3.0])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="values")
    with pytest.raises(SchemaError, match=r"writer: expected a pipeline of texts"):
        Writer(writer_of()[1], pipeline)
