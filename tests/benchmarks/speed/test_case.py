from dataclasses import fields

from benchmarks.speed.case import Case


def test_a_case_goes_to_a_peer_and_back():
    """What was sent as JSON is the case again."""
    case = Case("train", "GRU", batch=3, steps=5, varied=True)
    assert Case.from_json(case.to_json()) == case


def test_a_small_case_keeps_what_is_done():
    """Only sizes shrink, to at most those that take no time."""
    small = Case("train", "GRU", batch=64, steps=200, features=2, hidden=256, layers=2, bidirectional=True).small()
    assert small == Case("train", "GRU", batch=4, steps=6, features=2, hidden=16, layers=2, bidirectional=True)


def test_every_size_has_a_say_in_the_name():
    """Cases that differ in a size are told apart on the page."""
    case = Case("train", batch=3, steps=5)
    sizes = [field.name for field in fields(Case) if field.type == "int" or field.name == "bidirectional"]
    others = [Case.from_json({**case.to_json(), name: 7 if name != "bidirectional" else True}) for name in sizes]
    assert len({case.name, *(other.name for other in others)}) == 1 + len(sizes)
