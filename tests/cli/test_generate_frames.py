from seqloom.cli.generate_frames import FRAME_OPTIONS, write


def test_what_is_written_is_named(tmp_path, capsys):
    """A file is there as a whole, and its place is printed."""
    write(tmp_path / "a.bin", b"abc")
    assert (tmp_path / "a.bin").read_bytes() == b"abc"
    assert capsys.readouterr().out == f"{tmp_path / 'a.bin'}\n"


def test_options_are_named_as_their_parameters():
    """The key of an option is the name it reaches the command by."""
    assert {name: option.name for name, option in FRAME_OPTIONS.items()} == {name: name for name in FRAME_OPTIONS}
