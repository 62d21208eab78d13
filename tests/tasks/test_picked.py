"""What is shown of single examples."""

from seqloom.tasks.picked import reader, series


def test_texts_come_as_the_model_reads_them(reviewed):
    """In tokens, each sequence its own."""
    examples = reviewed.judged.examples
    dataset, row = reviewed.walked.parts.test_dataset, int(examples.sequence[0])
    written = dataset.categories["review"][dataset.steps["review"][row]]
    read = reader(examples, reviewed.bundle.pipeline)
    assert read is not None
    assert read(0) == written.lower().replace("!", " !")


def test_sequences_of_numbers_have_no_text(classified):
    """They are drawn instead."""
    assert reader(classified.judged.examples, classified.bundle.pipeline) is None


def test_a_series_may_be_a_beginning(classified):
    """As many rows as were asked for, or all of them."""
    examples = classified.judged.examples
    assert (len(series(examples, 1, 2)), len(series(examples, 1))) == (2, examples.lengths[1])
