import pytest

from seqloom.artifact import strict_json
from seqloom.errors import ArtifactError


def test_a_document_of_the_deepest_kind_is_read() -> None:
    """Thirty-two levels are allowed."""
    assert strict_json.parse(b"[" * 32 + b"]" * 32, "test")


def test_a_document_one_level_deeper_is_refused() -> None:
    """Thirty-three levels are not."""
    with pytest.raises(ArtifactError, match="at most 32 deep"):
        strict_json.parse(b"[" * 33 + b"]" * 33, "test")


def test_objects_count_as_levels() -> None:
    """Braces nest like brackets."""
    with pytest.raises(ArtifactError, match="at most 32 deep"):
        strict_json.parse(b'{"a":[' * 17 + b"]}" * 17, "test")


def test_brackets_inside_of_text_are_no_levels() -> None:
    """A string of brackets, quotes and backslashes is one value."""
    text = r'[["\\' * 100

    assert strict_json.parse(strict_json.write(text, "test"), "test") == text


def test_too_many_strings_are_refused_unread() -> None:
    """A list of a million and more strings is refused by its number of quotes."""
    with pytest.raises(ArtifactError, match="at most about 500000 values, came 1100000 strings"):
        strict_json.parse(b"[" + b'"",' * 1_099_999 + b'""]', "test")


def test_a_missing_bracket_is_named() -> None:
    """A document cut short says what is wrong with it."""
    with pytest.raises(ArtifactError, match="brackets unpaired"):
        strict_json.parse(b'{"a": [1', "test")


def test_the_place_of_a_syntax_error_is_named() -> None:
    """What json says of the place reaches the message."""
    with pytest.raises(ArtifactError, match=r"a\.loom: expected a JSON document, .*line 2 column 6"):
        strict_json.parse(b'{\n"a": ?}', "a.loom")


def test_the_doubled_key_is_named() -> None:
    """Of many keys the one that comes twice is named."""
    with pytest.raises(ArtifactError, match="the key 'c' twice"):
        strict_json.parse(b'{"a":1,"b":2,"c":3,"d":4,"c":5}', "test")


def test_bytes_depend_on_the_value_alone() -> None:
    """Keys are sorted, text is UTF-8, and the document ends with a newline."""
    assert (
        strict_json.write({"b": "ü", "a": [1, 0.5]}, "test") == '{\n "a": [\n  1,\n  0.5\n ],\n "b": "ü"\n}\n'.encode()
    )


def test_one_line_has_no_spaces() -> None:
    """Without indentation a document is one line, as JSON lines asks for."""
    assert strict_json.write({"b": 1, "a": None}, "test", indent=None) == b'{"a":null,"b":1}\n'
