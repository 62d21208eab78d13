from seqloom.estimators import text_facts


def test_length_and_vocabulary_are_told(reviewed):
    """In tokens, marks among them."""
    facts = text_facts(reviewed.walked.plan)
    assert facts["tokens of a text"] == "5 to 8, median 6"
    assert facts["vocabulary"] == "12 tokens"
    assert facts["unknown tokens"].startswith("0.0% of the training part, 0.0% of the test part")


def test_they_stand_in_the_report(reviewed):
    """Texts are counted where other data has steps."""
    section = next(section for section in reviewed.report.sections if section.title == "Data")
    facts = dict(section.tables[0].rows)
    assert facts["texts"] == "40"
    assert facts["tokens of a text"] == "5 to 8, median 6"
    assert "steps" not in facts


def test_sequences_of_numbers_have_none(classified):
    """There is nothing to tell."""
    assert text_facts(classified.walked.plan) == {}
