"""Whole sequences over HTTP."""


def test_a_sequence_is_answered_as_a_stream_after_its_last_reading(client, store, body):
    """The same prediction, and nothing is kept."""
    streamed = client.post("/v1/streams/pump/readings", json=body(0, 1, 2)).json()["predictions"][-1]["prediction"]
    commits = store.commits
    told = client.post("/v1/predict", json={"sequences": [{"name": "x", "readings": body(0, 1, 2)["readings"]}]})
    assert told.json() == {"sequences": [{"name": "x", "readings": 3, "prediction": streamed}]}
    assert store.commits == commits


def test_one_wrong_sequence_leaves_the_others_alone(client, body):
    """It is told in its place what is wrong with it."""
    wrong = body(0, 1)["readings"]
    wrong[0]["values"]["a"] = "seven"
    document = {"sequences": [{"readings": wrong}, {"readings": body(0)["readings"]}]}
    first, second = client.post("/v1/predict", json=document).json()["sequences"]
    assert first["error"]["where"] == "stream '0', reading 0, column 'a'"
    assert second["prediction"].keys() == {"level"}
