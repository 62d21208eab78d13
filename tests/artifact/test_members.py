from seqloom.artifact.members import LARGEST, MANIFEST


def test_the_manifest_stands_first() -> None:
    """A reader of the single file meets the manifest before anything it describes."""
    assert next(iter(LARGEST)) == MANIFEST


def test_the_largest_artifact_fits_a_plain_zip() -> None:
    """All members at their largest, with headers, stay below the 4 GiB of 32-bit offsets."""
    headers = 64 * 1024

    assert sum(LARGEST.values()) + headers < 2**32
