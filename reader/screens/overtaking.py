"""What a thread has found is shown, unless another has been asked for something newer meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

Found = ParamSpec("Found")


def unless_overtaken(
    app: App[Any], show: Callable[Found, object], *found: Found.args, **more: Found.kwargs
) -> None:
    """Show what a thread worker has found, from its thread; nothing if the worker has been cancelled.

    An exclusive worker cancels the one before it, whose thread goes on and may be the later of the two.
    """
    worker = get_current_worker()

    def show_unless() -> None:  # asked where workers are cancelled: in between nothing can happen
        if not worker.is_cancelled:
            show(*found, **more)

    app.call_from_thread(show_unless)
