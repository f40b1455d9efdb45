"""Where things live: XDG places, or everything under one home; all of it private to its owner."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_APP: Final = "liseuse"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one collection."""

    config: Path
    """`config.toml`."""
    notes: Path
    """`notes.sqlite`, irreplaceable."""
    library: Path
    """`library.sqlite`, made again from the sources."""
    index: Path
    """The Whoosh index's folder, made again from the library."""
    state: Path
    """History, positions and log: nothing of worth."""

    @property
    def gazetteer(self) -> Path:
        """`gazetteer.toml`, the analyst's own names, if there is one."""
        return self.config.with_name("gazetteer.toml")

    @property
    def corrections(self) -> Path:
        """`corrections.jsonl`, what the analyst says of entities: irreplaceable, like the notes."""
        return self.notes.with_name("corrections.jsonl")

    def keep(self, path: Path) -> bool:
        """Tell whether a file is, or would be, among those that Liseuse keeps here."""
        folder = Path(os.path.realpath(path.parent))
        own = (self.notes.parent, self.library.parent, self.index, self.state)
        if any(folder.is_relative_to(os.path.realpath(place)) for place in own):
            return True
        if folder == Path(os.path.realpath(self.config.parent)):
            return path.name in (self.config.name, self.gazetteer.name)
        # Of another home.
        return path.name == self.corrections.name and (folder / self.notes.name).exists()


def typed(path: str | os.PathLike[str]) -> Path:
    """Return the path that was typed: `~nobody` is a name like any other, and NUL a visible sign."""
    named = os.fspath(path).replace("\x00", "\ufffd")  # the system's calls raise ValueError for it
    return Path(os.path.expanduser(named))  # noqa: PTH111 - Path.expanduser raises RuntimeError for ~nobody


def places(home: str | os.PathLike[str] | None = None) -> Places:
    """Return the places under `home`, else under `LISEUSE_HOME`, else where XDG says."""
    chosen = home or os.environ.get("LISEUSE_HOME")
    if chosen:
        return _under(typed(chosen).absolute())
    return _xdg()


def demo_places(home: str | os.PathLike[str] | None = None) -> Places:
    """Return the places of the sample collection: a home of its own, in or beside the one `places` gives."""
    chosen = home or os.environ.get("LISEUSE_HOME")
    return _under(typed(chosen).absolute() / "demo" if chosen else _xdg().state.parent / f"{_APP}-demo")


def _under(home: Path) -> Places:
    return Places(
        config=home / "config.toml",
        notes=home / "notes" / "notes.sqlite",
        library=home / "library" / "library.sqlite",
        index=home / "cache" / "index",
        state=home / "state",
    )


def _xdg() -> Places:
    # Imported here: under --home, which scripts and tests use, it is not needed.
    from platformdirs import PlatformDirs  # noqa: PLC0415

    folders = PlatformDirs(_APP, appauthor=False)
    return Places(
        config=folders.user_config_path / "config.toml",
        notes=folders.user_data_path / "notes" / "notes.sqlite",
        library=folders.user_data_path / "library" / "library.sqlite",
        index=folders.user_cache_path / "index",
        state=folders.user_state_path,
    )
