import pytest

from seqloom.artifact import Bundle
from seqloom.artifact.bundle import _manifest
from seqloom.artifact.manifest import Manifest
from seqloom.errors import ArtifactError


def test_a_manifest_comes_back_from_its_fields(bundle: Bundle) -> None:
    """Every field survives the way through JSON."""
    manifest = _manifest(bundle)

    assert Manifest.read(manifest.fields(), "test") == manifest


@pytest.mark.parametrize("field", ["seqloom", "task", "schema", "pipeline", "model", "sizes", "settings", "golden"])
def test_a_missing_field_is_named(forecast: Bundle, field: str) -> None:
    """Each field is asked for."""
    fields = _manifest(forecast).fields()
    del fields[field]

    with pytest.raises(ArtifactError, match=f"manifest.json, '{field}': expected Field required, came none"):
        Manifest.read(fields, "manifest.json")


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [("task", 3, "task"), ("model", {"cell": "os"}, "model.cell"), ("schema", [], "schema"), ("extra", 1, "extra")],
)
def test_a_field_of_another_type_is_named(forecast: Bundle, field: str, value: object, place: str) -> None:
    """Wrong values and unknown names are refused with their place."""
    with pytest.raises(ArtifactError, match=f"'{place}': expected .*came"):
        Manifest.read({**_manifest(forecast).fields(), field: value}, "manifest.json")
