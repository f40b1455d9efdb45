"""Bytes to text: French is French in every encoding it is found in, and a guess is marked as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats import Unreadable
from index.formats.decode import decoded

FRENCH = "Le général a déclaré à l’été : « Où est le cœur de l’État ? », dit-il. Ça suffit, même à Sévaré… "


@pytest.mark.parametrize(
    ("encoding", "is_guess"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-32", False), ("utf-16-le", True), ("utf-16-be", True), ("cp1252", True), ("mac_roman", True)],
)  # fmt: skip
def test_french_is_french(encoding, is_guess) -> None:
    found = decoded(FRENCH.encode(encoding))
    assert (found.text, found.guessed) == (FRENCH, is_guess)


@pytest.mark.parametrize("text", ["« Non »", "où", "Ça", "L’été", "le cœur", "déjà vu"])
def test_a_few_words_are_enough(text: str) -> None:
    assert decoded(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"<meta charset='iso-8859-5'><p>\xb4\xd0</p>", "iso8859-5"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><p>\x9c\xe9</p>', "cp1252"),
    ],
)
def test_markup_is_believed_where_it_can_be(data: bytes, encoding: str) -> None:
    found = decoded(data, declares=True)
    assert (found.encoding, found.guessed) == (encoding, False)


def test_a_declaration_that_cannot_be_is_not_believed() -> None:
    assert decoded("<meta charset='nonsense'>été".encode("cp1252"), declares=True).text.endswith("été")
    assert decoded("<meta charset='latin-1'>été".encode(), declares=True).text.endswith("été")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert "\0" not in decoded(data).text
    except Unreadable as error:
        assert str(error) == "not a text file"


def test_the_french_files_of_the_collection_of_encodings(shared) -> None:
    for name, words in {
        "chardet__iso-8859-1__ude_2.txt": "dépend à la fois de la durée",
        "genesis__french-latin1.txt": "Dieu créa les cieux",
        "jawah__data_sample-french-1.txt": "NÉ LE 15 JANVIER",
        "jawah__data_sample-french.txt": "NÉ LE 15 JANVIER",
        "udhr__French_Francais-Latin1": "Déclaration universelle",
    }.items():
        text = decoded((shared / "corpora" / "encodings" / name).read_bytes()).text
        assert words in " ".join(text.split())
        assert "\ufffd" not in text
