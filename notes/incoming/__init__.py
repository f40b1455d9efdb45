"""Files of notes read back: bytes in, checked notes out; what is wrong is refused with the reason.

JSON Lines and Web Annotations carry notes whole; our Markdown carries the edits
made in it. Nothing here writes: `Notebook.take_in` does, as one step to undo.
"""

from notes.incoming.files import MAX_BYTES, content
from notes.incoming.reading import Incoming, Rejected, read
from notes.incoming.refused import Refused

__all__ = ["MAX_BYTES", "Incoming", "Refused", "Rejected", "content", "read"]
