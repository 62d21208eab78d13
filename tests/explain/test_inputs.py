"""Features by name."""

from dataclasses import replace

from seqloom.explain.inputs import inputs_of


def test_numbers_come_before_codes(planted):
    """Two numbers, no category."""
    inputs = inputs_of(planted.examples)
    assert (inputs.names, inputs.numbers, inputs.codes) == (("x0", "x1"), 2, 0)


def test_a_forecast_reads_its_target_first(planted):
    """Of one of several targets the name is not known; rows of a step share their names."""
    examples = replace(planted.examples, horizon=1, segment=2)
    inputs = inputs_of(examples)
    assert inputs.names == ("y", "x0", "x1")
    assert inputs.columns.tolist() == [0, 1, 2, 0, 1, 2]
    one = inputs_of(replace(examples, channel=examples.start))
    assert one.names[0] == "its own past"


def test_tokens_have_a_place(made):
    """The feature of the text is known."""
    model, _ = made("language")
    prepared = model.bundle_.pipeline.transform(model._load_like_training(["to be\n"]))
    inputs = inputs_of(model.bundle_.model.latest(prepared, model.bundle_.model.settings))
    assert inputs.text == inputs.numbers == 0
    assert inputs.codes == 1
