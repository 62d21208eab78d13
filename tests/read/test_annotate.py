"""CoNLL-U files written again."""

import numpy as np
import pytest

from seqloom.errors import SchemaError
from seqloom.read import ReadSettings, annotated, read

TEXT = (
    "# sent_id = a\n1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdun\tdo\t_\tVB\t_\t0\troot\t_\tNote=1\n"
    "2\tno\tno\t_\t_\t_\t1\tadvmod\t_\t_\n\n1\tgo\tgo\tX\t_\t_\t0\troot\t_\t_\n\n"
)


@pytest.fixture
def path(tmp_path):
    """A file of two sentences."""
    path = tmp_path / "words.conllu"
    path.write_text(TEXT)
    return path


def test_only_the_column_of_words_changes(path):
    """Comments, multiword tokens and other columns are as they were."""
    dataset = read(path, settings=ReadSettings(target="upos"))
    lines = "".join(annotated(path, dataset, "upos", np.array(["VERB", "PART", "NOUN"])))
    expected = TEXT.replace("do\t_\tVB", "do\tVERB\tVB").replace("no\tno\t_", "no\tno\tPART").replace("X", "NOUN")
    assert lines == expected


def test_another_column_or_number_of_labels_is_refused(path):
    """Labels belong to the words of this file."""
    dataset = read(path, settings=ReadSettings(target="upos"))
    with pytest.raises(SchemaError, match="expected a column 'tag'"):
        list(annotated(path, dataset, "tag", np.array(["X"] * 3)))
    with pytest.raises(SchemaError, match="expected words and as many labels"):
        list(annotated(path, dataset, "upos", np.array(["X"] * 2)))
