"""Writing what was generated: MIDI files, sound, pictures."""

from seqloom.write.midi import midi_bytes as midi_bytes
from seqloom.write.notes import Held as Held
from seqloom.write.notes import held_notes as held_notes
from seqloom.write.sound import wave_bytes as wave_bytes

__all__ = ["Held", "held_notes", "midi_bytes", "wave_bytes"]
