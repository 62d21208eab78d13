import gzip

import pytest

from benchmarks.tasks.tags import DEV, TASKS, TRAIN


@pytest.fixture
def data(tmp_path):
    """A sentence in each file, with a multiword token and a word whose lemma would tell its tag."""
    for name in (TRAIN, DEV):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = (
            "1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdun\tdo\tAUX\t_\t_\t_\t_\t_\t_\n2\tno\tno\tX\t_\t_\t_\t_\t_\t_\n\n"
        )
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    return TASKS[0].load(tmp_path)


def test_only_words_and_nothing_but_their_letters_are_read(data):
    """The development part is judged on, with the columns of the training part."""
    assert data.test.schema == data.dataset.schema
    assert data.dataset.schema.names("past") == ("form",)
    assert data.test.total_steps == 2
