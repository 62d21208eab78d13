"""What is followed, and how a model is left."""

import torch

from seqloom.explain.question import at_rest, moved


def test_the_number_is_that_of_the_most_probable_class(network):
    """The largest of the scores, log-odds that tell the model's probabilities."""
    question = network()
    with at_rest(question.model), torch.no_grad():
        probabilities = question.model.predict(question.batch)["probabilities"]
    assert torch.equal(question.chosen, probabilities.argmax(dim=1))
    torch.testing.assert_close(torch.sigmoid(question.values), probabilities.max(dim=1).values)


def test_rows_come_back_in_the_order_asked_for(planted):
    """Sequence by sequence, though the batch has the longest first."""
    parts = planted.apart(planted.batch.numbers.values)
    prepared = planted.examples.prepared
    assert [len(part) for part in parts] == [7, 5, 9, 4]
    for place, part in enumerate(parts):
        rows = prepared.numbers[prepared.offsets[place] : prepared.offsets[place + 1]]
        torch.testing.assert_close(torch.from_numpy(part).float(), torch.from_numpy(rows))


def test_every_part_of_a_model_gets_its_mode_back(network):
    """Also where one part was in another mode than the whole."""
    model = network().model
    model.train()
    parts = list(model.modules())
    parts[-1].eval()
    before = [part.training for part in parts]
    with at_rest(model):
        assert not any(part.training for part in parts)
    assert [part.training for part in parts] == before


def test_a_batch_stays_where_it_is_on_the_processor(planted):
    """Nothing is copied."""
    assert moved(planted.batch, torch.device("cpu")) is planted.batch


def test_a_batch_goes_to_another_device(planted):
    """Numbers and codes go, what the processor reads stays."""
    there = moved(planted.batch, torch.device("meta"))
    assert there.numbers.values.device.type == there.codes.device.type == "meta"
    assert there.numbers.sizes.device.type == there.order.device.type == "cpu"
