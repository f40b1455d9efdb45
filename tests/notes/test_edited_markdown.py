"""Markdown that people write in: what they edit comes back, what they add stays, whoever exports again."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from notebooks import WORDS, any_notebook, on_text

from notes import Edit, Fate, Note, Notebook
from notes.export import FORMATS, Layout
from notes.export.again import again, merged
from notes.export.document import Document
from notes.incoming import Refused, read

ONE = on_text(1, "🛩️ à Gao", "Premier.\n\n- un\n- deux", "lieu/Gao", "À vérifier")
TWO = on_text(2, "𝒳avier — « rien", "Second.")
WHOLE = replace(on_text(3, "Café", "Tout lire.", "2024"), anchor=None)
NOTES = [WHOLE, ONE, TWO]
LAYOUTS: list[Layout] = ["article", "single"]
BOTH = ["markdown", "commonmark"]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def text(notes: list[Note] = NOTES, form: str = "markdown", layout: Layout = "article") -> str:
    (document,) = FORMATS[form](notes, layout=layout, lang="fr")
    return document.text


def edits(written: str) -> list[Edit]:
    found = read(written.encode())
    assert found.rejected == []
    return found.edits


def put(written: str, *words: tuple[str, str]) -> str:
    """Return a file in which words were replaced once each: in a note, not in the records behind it."""
    for old, new in words:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def changed(written: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the notes that were edited, by id: comment and tags."""
    return {one.note.id: (one.note.comment, one.note.tags) for one in edits(written) if one.note != one.base}


# Read back


@given(any_notebook(), st.sampled_from(BOTH), st.sampled_from(["article", "tag", "single"]))
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
def test_a_file_that_nobody_wrote_in_has_no_edits(notes: list[Note], form: str, layout: Layout) -> None:
    for document in FORMATS[form](notes, layout=layout, lang="fr"):
        found = edits(document.text)
        assert {one.note.id: one.note for one in found}.items() <= {one.id: one for one in notes}.items()
        assert document.text.count("\n— ") >= len(found) > 0 or layout == "single"
    if layout == "article":
        assert sum(len(edits(d.text)) for d in FORMATS[form](notes, layout=layout, lang="fr")) == len(notes)


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edited_comment_is_read_back_by_its_block_id(form: str, layout: Layout) -> None:
    written = put(text(form=form, layout=layout), ("- deux\n", "- deux bis\n\n> cité\n\n# titre\n"))
    assert changed(written) == {ONE.id: ("Premier.\n\n- un\n- deux bis\n\n> cité\n\n# titre", ONE.tags)}
    written = put(text(form=form, layout=layout), ("Second.", ""))
    assert changed(written) == {TWO.id: ("", ())}
    written = put(text(form=form, layout=layout), ("Tout lire.", "Tout\n\nrelire."))
    assert changed(written) == {WHOLE.id: ("Tout\n\nrelire.", WHOLE.tags)}


def test_edited_tags_are_read_back_as_the_notebook_calls_them() -> None:
    obsidian, plain = text(), text(form="commonmark")
    assert changed(put(obsidian, ("#lieu/Gao #À-vérifier", "#À-vérifier #neuf"))) == {
        ONE.id: (ONE.comment, ("À vérifier", "neuf"))
    }
    assert changed(put(obsidian, ("#lieu/Gao #À-vérifier", ""))) == {ONE.id: (ONE.comment, ())}
    assert changed(put(obsidian, ("Second.", "Second.\n\n#À-vérifier"))) == {
        TWO.id: (TWO.comment, ("À vérifier",))
    }
    assert changed(put(plain, ("lieu/Gao, À vérifier", "À vérifier, a\\_b, À VÉRIFIER"))) == {
        ONE.id: (ONE.comment, ("À vérifier", "a_b"))
    }
    (one,) = read(put(obsidian, ("#lieu/Gao", "#a,b")).encode()).rejected
    assert "comma" in one.reason


def test_a_comment_that_ends_in_hashtags_has_not_lost_them_to_the_tags() -> None:
    hashed = replace(TWO, comment="voir\n\n#a #b")
    assert changed(text([hashed])) == {}
    assert changed(put(text([hashed]), ("voir", "vu"))) == {TWO.id: ("vu\n\n#a #b", ())}


def test_windows_line_ends_and_a_byte_order_mark_are_no_edit() -> None:
    assert changed("\ufeff" + put(text(), ("\n", "\r\n"))) == {}


def test_what_is_not_ours_or_no_longer_whole_is_refused_with_a_reason() -> None:
    for written in ("# A note", "", text().split("```")[0]):
        with pytest.raises(Refused, match="no exact records"):
            read(written.encode())
    found = read(put(text(), ("> [!quote]", "")).replace("> ", "").encode())
    assert {one.reason for one in found.rejected} == {
        "its quote is no longer there, so where its comment begins is not sure"
    }
    found = read(put(text(), (f"^n-{TWO.id}", "^n-ffffffffffff")).encode())
    assert [one.note.id for one in found.edits] == [WHOLE.id, ONE.id]
    assert [one.reason for one in found.rejected] == ["the file has no exact record of the note ffffffffffff"]


def test_words_replaced_throughout_a_file_are_not_taken_for_no_edit() -> None:
    everywhere = text().replace("Second.", "Second, partout.")
    with pytest.raises(Refused, match="replacing words throughout"):
        read(everywhere.encode())
    with pytest.raises(Refused, match="replacing words throughout"):
        merged(text(), everywhere, "fr")


@given(st.text(alphabet=">`~-*_[]<!\n #^—|\\", max_size=60))
@settings(deadline=None)
@example("[" * 5000 + "\n" + ">" * 5000)
def test_whatever_is_written_into_a_file_is_read_or_refused(noise: str) -> None:
    half = put(text(), ("Second.", noise))
    try:
        assert len(read(half.encode()).edits) <= 3
    except Refused as error:
        assert str(error)


def test_edits_in_the_file_and_in_the_notebook_meet(notebook: Notebook) -> None:
    notebook.take_in([Edit(note) for note in NOTES])
    written = put(text(), ("Second.", "Second, édité."), ("- deux", "- deux, édité"))
    notebook.revise(ONE.id, comment="Autre chose.")
    notebook.tag([TWO.id], "ici")
    outcomes = notebook.take_in(edits(written))
    assert [outcome.fate for outcome in outcomes] == [Fate.UNCHANGED, Fate.CONFLICT, Fate.UPDATED]
    assert notebook.get(TWO.id).comment == "Second, édité."
    assert notebook.get(TWO.id).tags == ("ici",)
    assert sorted(note.comment for note in notebook.notes()) == sorted(
        ["Autre chose.", "Premier.\n\n- un\n- deux, édité", "Second, édité.", "Tout lire."]
    )
    notebook.undo()
    assert len(notebook.notes()) == 3


def test_one_note_edited_in_two_files_is_merged_in_one_step(notebook: Notebook) -> None:
    notebook.take_in([Edit(note) for note in NOTES])
    by_comment = edits(put(text(), ("Second.", "Second, édité.")))
    by_tag = edits(put(text(), ("Second.", "Second.\n\n#neuf")))
    fates = [outcome.fate for outcome in notebook.take_in([*by_comment, *by_tag])]
    assert Fate.CONFLICT not in fates
    both = notebook.get(TWO.id)
    assert (both.comment, both.tags) == ("Second, édité.", ("neuf",))
    notebook.undo()
    assert notebook.get(TWO.id) == TWO


# Exported again


@given(
    any_notebook(),
    any_notebook(),
    st.sampled_from(BOTH),
    st.sampled_from(BOTH),
    st.sampled_from(["article", "single"]),
)
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
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
@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
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


# On the disk


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
