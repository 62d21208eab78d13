import numpy as np

from seqloom.estimators import FitSettings, plan
from seqloom.estimators.texts import without_texts
from seqloom.read import ReadSettings, read


def priced(steps=80):
    """A daily price with a headline."""
    days = np.datetime64("2024-01-01") + np.arange(steps)
    words = ["rates rise again today", "markets fall on bad news", "nothing new under the sun"]
    news = [f"{words[place % 3]} {place}" for place in range(steps)]
    return {"day": days.astype("datetime64[us]"), "news": news, "price": np.sin(np.arange(steps) / 5.0)}


def test_texts_have_no_say_in_a_forecast():
    """The column is left out, and a note says so."""
    dataset = read(priced(), settings=ReadSettings(target="price"))
    assert dataset.schema.column("news").kind == "text"
    found = without_texts(dataset, "forecast")
    assert found.schema.names() == ("price",)
    assert found.notes[-1] == "texts have no say in values per step: 'news' is left out"


def test_a_forecast_beside_texts_is_planned():
    """Nothing of the walk meets the texts."""
    dataset = read(priced(), settings=ReadSettings(target="price"))
    planned = plan(dataset, FitSettings.flat({"target": "price", "horizon": 2, "lookback": 7}))
    assert (planned.task, planned.pipeline.texts) == ("forecast", None)
    assert "news" in planned.parts.dataset.schema.ignored


def test_texts_with_one_answer_stay(make_reviews):
    """They are what is to be classified."""
    dataset = read(make_reviews(), settings=ReadSettings(target="label", text="review"))
    assert without_texts(dataset, "classify") is dataset
