"""Formats that hold many articles, and their parts: each record read whole, or refused with a reason."""

import json
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import RSS, drafts, read

from index.article import Draft, canonical
from index.formats import Refusal, Unreadable
from index.formats.markup import html_text

# Markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un</p><p>deux</p>", "Un\n\ndeux"),
        ("Un<br>deux", "Un\n\ndeux"),
        ("<div>L&rsquo;État  \n dit&nbsp;: «&#8239;non&#8239;»</div>", "L’État dit\u00a0: «\u202fnon\u202f»"),
        ("<p>Le <b>JNIM</b>, <i>lié</i> à…</p>", "Le JNIM, lié à…"),
        ("<p>a</p><script>alert('x')</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("<ul><li>un<li>deux</ul>fin", "un\n\ndeux\n\nfin"),
        ("<!-- rien -->", ""),
        ("sans balise", "sans balise"),
        ("<p>3 < 4 & 5 > 2</p>", "3 < 4 & 5 > 2"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert html_text(markup) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="<&"), min_size=1))
def test_text_without_markup_keeps_every_character(text: str) -> None:
    collapsed = " ".join(text.replace("\u2028", "\u2028").split(" ")).strip(" ")
    words = [word for word in collapsed.split(" ") if word]
    assert html_text(f"<p>{text}</p>") == " ".join(words)


def test_deep_nesting_loses_no_text_in_silence() -> None:
    assert html_text("<div>" * 1_000 + "fond" + "</div>" * 1_000 + "<p>fin</p>") == "fond\n\nfin"
    with pytest.raises(Unreadable, match="deep"):
        html_text("<div>" * 100_000 + "fond")
    record = {"title": "T", "text": "<p>" + "<div>" * 5_000 + "fond</p>"}
    assert read("a.jsonl", json.dumps(record)) == [Refusal("line 1", "its elements are nested too deep")]


# Feeds

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atome</title>
<entry><id>tag:1</id><title>Titre</title><updated>2024-09-19T10:00:00Z</updated>
<author><name>A. Diallo</name></author><summary>Un résumé qui tient lieu de texte.</summary></entry></feed>"""


def test_a_feed_is_its_entries() -> None:
    first, second = read("fil.rss", RSS)
    assert first == Draft(
        text="Premier paragraphe.\n\n« Second » paragraphe.",
        title="Une attaque à Gao",
        date="2024-09-17",
        lang="fr",
        source="Le Fil & Cie",
        url="https://exemple.test/1",
        key="g1",
    )
    assert second == Refusal("https://exemple.test/2", "no text, only a title")


def test_an_atom_entry_with_only_a_summary_is_read() -> None:
    (entry,) = drafts("fil.atom", ATOM)
    assert (entry.key, entry.author, entry.date) == ("tag:1", "A. Diallo", "2024-09-19")
    assert entry.text == "Un résumé qui tient lieu de texte."


@pytest.mark.parametrize(
    "data", ["", "rien", "<html><body>x</body></html>", '<rss version="2.0"/>', "http://127.0.0.1/"]
)
def test_what_is_no_feed_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        read("fil.xml", data)


def test_entities_do_not_explode() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    data = bomb + "]><rss version='2.0'><channel><item><description>&j;</description></item></channel></rss>"
    with suppress(Unreadable):
        assert sum(len(draft.text) for draft in drafts("bombe.xml", data)) < 1_000_000


@pytest.mark.parametrize(
    "damage",
    ["<image><height></height></image>", "<item><title>&#xd800;</title></item>", "&undefined;<b"],
)
def test_a_damaged_feed_gives_what_can_be_read_in_it(damage: str) -> None:
    """Feedparser itself fails on the first two."""
    data = RSS.replace("<channel>", f"<channel>{damage}").replace("Court.", "Court & bref.")
    assert "Premier paragraphe.\n\n« Second » paragraphe." in [
        draft.text for draft in drafts("fil.rss", data)
    ]


def test_a_feed_that_declares_an_encoding_in_no_encoding_is_read() -> None:
    data = RSS.encode().replace(b'"utf-8"', b'"utf\xa28"')
    assert "Premier paragraphe." in drafts("fil.rss", data)[0].text


# JSON and tables


@pytest.mark.parametrize(
    "given",
    [
        {"title": "T", "text": "Un texte."},
        [{"title": "T", "text": "Un texte."}],
        {"articles": [{"titre": "T", "contenu": "Un texte."}], "total": 1},
        {"status": "ok", "data": {"items": [{"headline": "T", "body": "Un texte."}]}},
        [{"title": {"rendered": "T"}, "content": {"rendered": "<p>Un texte.</p>"}}],
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "title": "T", "content_html": "<p>Un texte.</p>"}],
        },
    ],
)
def test_json_of_any_usual_shape(given: object) -> None:
    (draft,) = drafts("export.json", json.dumps(given))
    assert (draft.title, draft.text) == ("T", "Un texte.")


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", '"x"', "[" * 100_000, '{"a": 1}'])
def test_json_without_articles_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        read("export.json", data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_its_rows(delimiter: str) -> None:
    rows = [
        ["id", "Titre", "Date", "Texte", "source"],
        ["7", "Un titre", "19 septembre 2024", '"Le JNIM, dit-il, « a » attaqué ; oui."', "Presse"],
        ["8", "Vide", "", "", ""],
    ]
    first, second = read("export.csv", "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    assert isinstance(first, Draft)
    assert (first.key, first.date, first.source) == ("7", "2024-09-19", "Presse")
    assert first.text == "Le JNIM, dit-il, « a » attaqué ; oui."
    assert second == Refusal("8", "no text")


def test_a_table_without_a_column_of_texts_is_refused() -> None:
    with pytest.raises(Unreadable, match="column"):
        read("export.csv", "a,b\n1,2\n")


def test_lines_in_a_quoted_field_are_the_text() -> None:
    (draft,) = drafts("export.csv", 'title,text\nT,"Un\n\ndeux"\n')
    assert canonical(draft.text) == "Un\n\ndeux"


# E-mail


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = headers.get("subject", "Réunion à Ouagadougou")
    made["From"] = "Aminata <a@exemple.test>"
    made["Date"] = "Tue, 17 Sep 2024 23:30:00 +0200"
    if "id" in headers:
        made["Message-ID"] = headers["id"]
    return made


def test_a_number_is_an_id_however_long_ids_are() -> None:
    (draft,) = drafts("a.jsonl", b'{"id": 1836000000000000000, "text": "Un texte de Gao."}')
    assert draft.key == "1836000000000000000"


def test_a_message_is_read_with_its_plain_part() -> None:
    made = message()
    made.set_content("L’État-major dit : « non ».\n\nFin.")
    made.add_alternative("<p>autre</p>", subtype="html")
    made.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="x.bin")
    (draft,) = drafts("m.eml", made.as_bytes())
    assert draft.title == "Réunion à Ouagadougou"
    assert draft.text == "L’État-major dit : « non ».\n\nFin."
    assert (draft.date, draft.source) == ("2024-09-17", "Aminata <a@exemple.test>")


def test_a_message_in_html_and_a_forwarded_one() -> None:
    inner = message(subject="Dedans")
    inner.set_content("Texte transféré.")
    outer = message()
    outer.set_content("<p>Voir&nbsp;ci-dessous</p>", subtype="html")
    outer.add_attachment(inner)
    (draft,) = drafts("m.eml", outer.as_bytes())
    assert draft.text == "Voir\u00a0ci-dessous\n\nTexte transféré."


def test_a_message_in_latin_1_that_says_nothing_of_it() -> None:
    data = (
        b"Subject: Essai\r\nDate: 19 Sep 2024 10:00 +0000\r\n\r\n"
        + "Été à Gao, où l'armée a reculé.".encode("latin-1")
    )
    (draft,) = drafts("m.eml", data)
    assert draft.text == "Été à Gao, où l'armée a reculé."


def test_a_mailbox_is_its_messages() -> None:
    one, two = message(id="<1@x>"), message()
    one.set_content("Premier.\n\n>From ici on compte.")
    two.set_content("Second.")
    data = b"".join(b"From a@x Tue Sep 17 2024\n" + m.as_bytes() + b"\n\n" for m in (one, two))
    first, second = drafts("boite.mbox", data.replace(b"\r\n", b"\n"))
    assert (first.key, second.key) == ("<1@x>", "message 2")
    assert first.text == "Premier.\n\nFrom ici on compte."
    with pytest.raises(Unreadable):
        read("boite.mbox", "Subject: rien\n\n")


def test_a_header_in_bytes_that_say_nothing_of_themselves() -> None:
    for encoding in ("utf-8", "cp1252"):
        (draft,) = drafts("m.eml", "Subject: L’été à Gao, côté État\r\n\r\nTexte.".encode(encoding))
        assert draft.title == "L’été à Gao, côté État"


@pytest.mark.parametrize(
    "headers",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 50_000,
        b"From: " + b"(" * 50_000,
        b"Content-Type: text/plain; " + b"(" * 5_000,
        b"Content-Disposition: " + b"(" * 5_000,
        b"Message-ID: " + b"[" * 5_000,
    ],
    ids=["words", "comments", "type", "disposition", "id"],
)
def test_a_hostile_header_costs_itself(headers: bytes) -> None:
    (draft,) = drafts("m.eml", headers + b"\r\nDate: 19 Sep 2024 10:00 +0000\r\n\r\nTexte.")
    assert (draft.text, draft.date) == ("Texte.", "2024-09-19")


def test_a_message_that_cannot_be_read_costs_itself_in_its_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.formats import mail

    def record(data: bytes, read=mail._record) -> Draft | Refusal:
        if b"mauvais" in data:
            raise RecursionError
        return read(data)

    monkeypatch.setattr(mail, "_record", record)
    data = b"".join(b"From a@x\n\n%s\n\n" % body for body in (b"Un.", b"mauvais", b"Trois."))
    one, bad, three = read("boite.mbox", data)
    assert isinstance(one, Draft)
    assert isinstance(three, Draft)
    assert bad == Refusal("message 2", "its parts are nested too deep")
