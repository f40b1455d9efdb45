"""What an installation must hold, and what the samples promise."""

import re
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

from index.formats import format_of
from index.ingest import article_of

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(Path(str(files("reader") / "samples")).iterdir())
LABELS = {
    "fr": "Article d’exemple rédigé pour la collection de démonstration de Liseuse à partir de faits publics.",
    "en": "Sample article written for Liseuse’s demonstration collection from public facts.",
}


def articles(path: Path):
    reader = format_of(path.name)
    assert reader
    with path.open("rb") as stream:
        return [article_of(draft) for draft in reader(stream)]


def test_the_command_is_called_liseuse() -> None:
    (command,) = entry_points(group="console_scripts", name="liseuse")
    assert command.value == "reader.__main__:main"


def test_the_samples_are_enough_and_in_every_format() -> None:
    every = [article for path in SAMPLES for article in articles(path)]
    assert len(every) >= 12
    assert sum(article.lang == "fr" for article in every) >= 8
    assert sum(article.lang == "en" for article in every) >= 3
    assert {path.suffix for path in SAMPLES} == {".txt", ".md", ".html", ".jsonl"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_each_sample_is_labelled_and_complete(path: Path) -> None:
    for article in articles(path):
        last = article.text.rsplit("\n\n", 1)[-1]
        assert " ".join(last.replace("\u00a0", " ").split()) == LABELS[article.lang]
        assert article.title
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", article.date)


def test_what_is_committed_names_no_registry_and_no_machine() -> None:
    for path in ROOT.glob("requirements/*.txt"):
        assert "://" not in path.read_text()
        assert all(
            " \\" in line or line.startswith(("    --hash=", "#")) or not line
            for line in path.read_text().splitlines()
        )
