"""The estimator that writes down what is said."""

import numpy as np
import pytest

from seqloom import Transcriber, load
from seqloom.errors import DataError, SettingsError

RATE = 2000
TONES = {"a": 200, "b": 500, "c": 800}


def sound(text, rng, rate=RATE):
    """A tone for each letter, with pauses, in two loudnesses."""
    pieces = []
    for letter in text:
        time = np.arange(int(rate * rng.uniform(0.08, 0.12))) / rate
        pieces += [np.sin(2 * np.pi * TONES[letter] * time), np.zeros(int(0.05 * rate))]
    return np.concatenate(pieces) * rng.uniform(0.2, 0.9)


@pytest.fixture(scope="module")
def words():
    """Sixty words of one to three letters."""
    rng = np.random.default_rng(0)
    return ["".join(rng.choice(list("abc"), rng.integers(1, 4))) for _ in range(60)]


@pytest.fixture(scope="module")
def fitted(words):
    """A transcriber of tones."""
    rng = np.random.default_rng(1)
    settings = {"mel_bands": 8, "learning_rate": 0.03, "batch_size": 8, "threads": 1}
    model = Transcriber(cell="gru", hidden_size=12, epochs=12, settings=settings)
    return model.fit([sound(word, rng) for word in words], words, rate=RATE)


def test_tones_are_written_down(fitted):
    """New recordings, longer ones too, are transcribed nearly without errors."""
    rng = np.random.default_rng(2)
    asked = ["abc", "cab", "ba", "acba", "bb"]
    assert fitted.score([sound(word, rng) for word in asked], asked, rate=RATE) > 0.5
    assert fitted.metrics_["test"]["cer"] < 0.2


def test_a_loaded_model_hears_the_same_at_any_rate(fitted, tmp_path):
    """The front end is part of the artifact; recordings at another rate are brought to that of the training."""
    loaded = load(fitted.save(tmp_path / "tones.loom"))
    asked = [sound("abc", np.random.default_rng(3))]
    assert loaded.predict(asked, rate=RATE).tolist() == fitted.predict(asked).tolist()
    twice = [sound("ab", np.random.default_rng(4), rate=2 * RATE)]
    assert loaded.predict(twice, rate=2 * RATE).tolist() == ["ab"]


def test_the_report_shows_what_was_heard(fitted):
    """Transcripts and confusions have their sections, alternatives their metrics."""
    titles = [section.title for section in fitted.report_.sections]
    assert "Transcripts" in titles
    assert set(fitted.baselines_) == {"most_common", "nearest"}
    assert "wer" in fitted.baselines_["nearest"]


def test_a_text_that_does_not_fit_is_one_line(words):
    """A recording too short for its text is named before any training."""
    rng = np.random.default_rng(1)
    sounds = [sound(word, rng) for word in words]
    sounds[4] = np.zeros(60)
    texts = [*words[:4], "abcabc", *words[5:]]
    with pytest.raises(DataError, match="sequence '4': expected at least 6 steps"):
        Transcriber(epochs=1).fit(sounds, texts, rate=RATE)


def test_settings_without_a_say_are_refused(words):
    """What counts for classes alone is not taken in silence."""
    with pytest.raises(SettingsError, match="mixup"):
        Transcriber(epochs=1, settings={"mixup": 0.4}).fit([np.zeros(900)] * 60, words, rate=RATE)
