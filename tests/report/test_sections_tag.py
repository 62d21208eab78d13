from dataclasses import replace

import numpy as np

from seqloom.report import tag_sections


def sections_of(outcome):
    """The sections by their titles."""
    return {section.title: section for section in tag_sections(outcome)}


def test_each_tag_has_its_row(tags):
    """Nouns were found once out of two times, and said three times."""
    (table,) = sections_of(tags)["Tags"].tables
    assert table.rows[0] == ("NOUN", 2, 1 / 3, 1 / 2, 0.4)


def test_known_and_new_words_are_told_apart(tags):
    """The words the vocabulary lacks have their own share, and tags nobody learned are mentioned."""
    words, unlearned = sections_of(tags)["Tags"].text
    assert "33.33 % of 3 words the vocabulary has" in words
    assert "33.33 % of 3 it does not have" in words
    assert unlearned.startswith("1 steps have a tag that the training part does not have")


def test_mistakes_are_written_with_what_is_true(tags):
    """The worst sentence stands first, each word with its tag."""
    pairs, worst = sections_of(tags)["Mistakes"].tables
    assert pairs.rows[0] == ("VERB", "NOUN", 2)
    assert worst.rows[0] == ("b", "3 of 3", "[w3/NOUN → VERB] [w4/NOUN → VERB] [w5/VERB → another]")


def test_steps_that_are_no_words_are_numbered(tags):
    """A step stands there with its number in its sequence."""
    numbered = replace(tags, prediction=replace(tags.prediction, words=None), new=None)
    _, worst = sections_of(numbered)["Mistakes"].tables
    assert worst.rows[0][-1].startswith("[1/NOUN → VERB]")


def test_without_truth_there_is_one_sentence(tags):
    """Nothing is drawn where nothing is known."""
    (section,) = tag_sections(replace(tags, truth=np.full(7, -1)))
    assert section.text == ("No step of this part has a known class.",)


def test_all_right_is_said(tags):
    """There is no list of mistakes without one."""
    assert sections_of(replace(tags, truth=tags.labels))["Mistakes"].text == ("All 7 steps were given their true tag.",)
