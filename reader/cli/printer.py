"""Rich's console, where whoever reads has gone away."""

from typing import Never

from rich.console import Console


class Printer(Console):
    """A console that leaves it to the command line what a closed pipe means; Rich would end with 1."""

    def on_broken_pipe(self) -> Never:
        """Raise BrokenPipeError."""
        raise BrokenPipeError
