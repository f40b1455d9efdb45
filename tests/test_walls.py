"""The walls at run time: what a module drags in is as much its dependency as what it names."""

import subprocess
import sys
import threading

import pytest

import notes
from index.parsing import Parser
from reader.child import Child

LOADED = "import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


def loaded_by(*arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "index.collection",
        "index.ingest",
        "index.engine",
        "index.query",
        "index.adder",
        "notes.notebook",
        "notes.export",
    ],
)
def test_the_core_never_loads_the_interface(module: str) -> None:
    names = loaded_by("-c", LOADED.format(module=module))
    assert not names & {"textual", "rich", "reader", "spacy"}


@pytest.mark.parametrize("arguments", [["--help"], ["search", "Bamako"], ["notes"], ["show", "abcd"]])
def test_the_command_line_loads_neither_textual_nor_spacy(arguments: list[str], tmp_path) -> None:
    script = (
        "import sys\nfrom reader.cli import run\n"
        "try: run(['--home', sys.argv[1], *sys.argv[2:]])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    names = loaded_by("-c", script, str(tmp_path), *arguments)
    assert "reader" in names
    assert not names & {"textual", "spacy", "trafilatura"}
    assert "numpy" not in names or "search" in arguments  # the index's segments are numpy's arrays


def test_the_interface_paints_before_it_loads_what_opens_a_notebook_or_a_library() -> None:
    script = "import sys, reader.cli.interface, reader.app, reader.driver; print(*sorted(sys.modules))"
    names = loaded_by("-c", script)
    assert "notes.errors" in names
    assert not names & {
        "notes.notebook",
        "notes.note",
        "notes.anchoring",
        "index.collection",
        "index.mentions",
        "reader.screens.page",
        "reader.screens.prompt",
    }
    assert not names & {"sqlite3", "whoosh", "numpy", "edlib", "tomllib", "hashlib", "importlib.resources"}


def test_all_that_the_notebook_offers_is_there() -> None:
    offered = [getattr(notes, name) for name in notes.__all__]
    assert notes.Notebook in offered
    with pytest.raises(AttributeError, match="nothing"):
        notes.nothing  # noqa: B018 - asked for


def test_the_worker_loads_no_model_before_it_is_needed() -> None:
    assert not loaded_by("-c", LOADED.format(module="index.entities.worker")) & {"spacy", "numpy"}


def test_no_child_runs_code_that_lies_in_the_current_folder(tmp_path, monkeypatch) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "__init__.py").write_text("open('taken', 'w')\n")
    (tmp_path / "article.txt").write_text("Un titre\n\nUn texte assez long pour un article.\n")
    monkeypatch.chdir(tmp_path)
    with Parser() as parser:
        list(parser.records(bytes(tmp_path / "article.txt")))
    ended = threading.Event()
    Child("index.adder", [], lambda _report: None, lambda _code: ended.set())
    assert ended.wait(30)
    assert not (tmp_path / "taken").exists()


def test_the_whole_interface_loads_no_model() -> None:
    everything = (
        "import importlib, pkgutil, sys, reader\n"
        "for found in pkgutil.walk_packages(reader.__path__, 'reader.'):\n"
        "    found.name == 'reader.__main__' or importlib.import_module(found.name)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    names = loaded_by("-c", everything)
    assert "textual" in names
    assert not names & {"spacy", "thinc", "numpy"}
