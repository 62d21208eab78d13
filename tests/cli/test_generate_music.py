from seqloom.cli.generate_music import MUSIC


def test_music_has_options_of_its_own():
    """Tempo and length of a step say how fast a piece is, beside what images have, too."""
    assert {"tempo", "note_step", "count", "start"} <= MUSIC.options.keys()
