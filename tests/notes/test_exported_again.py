"""An export into files that are there: what people wrote in them stays, and is told when it cannot."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from edited import BOTH, LAYOUTS, NOTES, ONE, SLOW, TWO, WHOLE, changed, edits, put, text
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from notebooks import WORDS, any_notebook

from notes import Edit, Fate, Note, Notebook
from notes.export import FORMATS, Layout
from notes.export.again import again, merged
from notes.export.document import Document
from notes.incoming import Refused, read


@given(
    any_notebook(),
    any_notebook(),
    st.sampled_from(BOTH),
    st.sampled_from(BOTH),
    st.sampled_from(["article", "single"]),
)
@settings(max_examples=25, suppress_health_check=SLOW)
def test_a_file_that_nobody_wrote_in_is_written_anew(
    before: list[Note], after: list[Note], old: str, new: str, layout: Layout
) -> None:
    assume(before and after)
    now = FORMATS[new](after, layout=layout, lang="fr")[0].text
    for document in FORMATS[old](before, layout=layout, lang="en"):
        assert merged(now, document.text, "fr") == now


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_people_write_beside_the_notes_stays_where_it_is(form: str, layout: Layout) -> None:
    lines = text(form=form, layout=layout).split("\n")
    ends = [at for at, line in enumerate(lines) if line.startswith("— ")]
    lines[ends[1]] += "\n\nEntre deux.\n\n> ma citation\n\n```\ncode\n```"
    title = next(at for at, line in enumerate(lines) if line.startswith("# "))
    lines[title] += "\n\nMon introduction."
    written = "\n".join(lines) + "\nÀ la fin.\n"
    assert changed(written) == {}
    later = replace(TWO, comment="Second, revu.")
    now = text([WHOLE, ONE, later], form, layout)
    made = merged(now, written, "fr")
    assert merged(now, made, "fr") == made
    assert made.index("Mon introduction.") < made.index("Tout lire.") < made.index("Premier.")
    assert (
        made.index("Premier.")
        < made.index("Entre deux.\n\n> ma citation\n\n```\ncode\n```")
        < made.index("Second, revu.")
    )
    assert made.index("Second, revu.") < made.index("À la fin.")
    assert changed(made) == {}
    without = merged(text([WHOLE], form, layout), made, "fr")
    for kept in ("Mon introduction.", "Entre deux.", "À la fin."):
        assert kept in without


def test_an_edit_not_yet_read_back_survives_the_export() -> None:
    written = put(text(), ("Second.", "Second, édité."), ("#lieu/Gao #À-vérifier", "#lieu/Gao"))
    assert merged(text(), written, "fr") == written
    moved = [replace(note, source=replace(note.source, title="Autre titre")) for note in NOTES]
    assert changed(merged(text(moved), written, "fr")) == changed(written)


def test_an_edit_on_both_sides_leaves_both() -> None:
    written = put(text(), ("Second.", "Second, là."))
    now = text([WHOLE, ONE, replace(TWO, comment="Second, ici.")])
    made = merged(now, written, "fr")
    assert "Second, ici." in made
    assert "**Écrit dans ce fichier, non relu dans le carnet :**\n\nSecond, là." in made
    assert changed(made) == {}
    assert merged(now, made, "fr") == made
    assert "Second, là." in merged(text([WHOLE, ONE]), written, "fr")


def test_an_edit_on_both_sides_that_was_read_back_is_not_told_twice(notebook: Notebook) -> None:
    notebook.take_in([Edit(TWO)])
    written = put(text([TWO]), ("Second.", "Écrit ici."))
    notebook.revise(TWO.id, comment="Écrit là.")
    (outcome,) = notebook.take_in(edits(written))
    assert outcome.fate is Fate.CONFLICT
    made = merged(text(notebook.notes()), written, "fr")
    assert made == text(notebook.notes())
    assert made.count("\n\nÉcrit ici.\n") == made.count("\n\nÉcrit là.\n") == 1


def test_what_is_written_below_the_records_stays_there() -> None:
    written = text() + "\n## À faire\n\nappeler la mairie\n"
    assert merged(text(), written, "fr") == written
    changed = text([WHOLE, ONE])
    assert merged(changed, written, "fr") == changed + "\n## À faire\n\nappeler la mairie\n"


def test_a_note_taken_out_of_the_file_is_named(notebook: Notebook) -> None:
    whole = text()
    without = whole[: whole.index("> [!quote]")] + whole[whole.index("## Enregistrements") :]
    assert read(without.encode()).removed == [ONE.id, TWO.id]
    assert read(whole.encode()).removed == []


def test_an_edit_that_was_read_back_is_written_as_the_notebook_has_it() -> None:
    written = put(text(), ("Second.", "Second, là."))
    now = text([WHOLE, ONE, replace(TWO, comment="Second, là.")])
    assert merged(now, written, "fr") == now


def test_front_matter_of_others_is_kept_and_tags_given_there() -> None:
    written = text().replace(
        "notes: 3\n", "notes: 3\ncssclasses: [wide]\nstatus:\n  - draft\n  - 'à relire'\n"
    )
    written = written.replace('tags: ["_2024", "À-vérifier", "lieu/Gao"]', "tags:\n  - _2024\n  - mine")
    made = merged(text([ONE]), written, "fr")
    fields = yaml.safe_load(made.split("---\n")[1])
    assert (fields["cssclasses"], fields["status"], fields["notes"]) == (["wide"], ["draft", "à relire"], 1)
    assert fields["tags"] == ["À-vérifier", "lieu/Gao", "mine"]
    assert merged(text([ONE]), made, "fr") == made


@given(WORDS, st.integers(0, 30))
@settings(max_examples=50, suppress_health_check=SLOW)
def test_no_word_written_into_a_file_is_lost(words: str, at: int) -> None:
    lines = text().split("\n")
    assume(at < len(lines) - 6)
    words = " ".join(words.split()).replace("\ud800", "")
    lines.insert(at, f"mot{words}fin")
    later = text([WHOLE, replace(ONE, comment="Revu."), TWO])
    try:
        made = merged(later, "\n".join(lines), "fr")
    except Refused:
        return
    front = lines.index("---", 1)
    assert f"mot{words}fin" in made or at <= front or lines[at - 1].startswith(">")
    assert merged(later, made, "fr") == made


def test_an_export_keeps_what_is_in_the_file_it_replaces(tmp_path: Path) -> None:
    document = Document("notes.md", text())
    assert again(document, tmp_path, "fr") == document
    (tmp_path / "notes.md").write_text("")
    assert again(document, tmp_path, "fr") == document
    (tmp_path / "notes.md").write_text(put(text(), ("Second.", "Édité.")))
    assert "Édité." in again(document, tmp_path, "fr").text


@pytest.mark.parametrize("content", [b"# My diary\n", b"\xff\xfe", text().replace('"id"', '"x"').encode()])
def test_a_file_that_is_not_an_export_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notes.md").write_bytes(content)
    with pytest.raises(FileExistsError):
        again(Document("notes.md", text()), tmp_path, "fr")
    assert (tmp_path / "notes.md").read_bytes() == content
