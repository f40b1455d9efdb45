"""Nothing is ever sent anywhere: the whole program, interface and children included, watched by the system."""

import json
import re
import sys
from pathlib import Path

import pytest
from faults.strace import traced
from terminal import CHILDREN, Terminal

SENDING = "connect,sendto,sendmsg,sendmmsg"
ELSEWHERE = re.compile(rf"(?:{SENDING.replace(',', '|')})\(.*(?:AF_INET|AF_NETLINK|AF_PACKET).*")

TEXT = "Bamako, 19 septembre 2024 – Le JNIM a revendiqué l’attaque. Le général Oumar Diarra a parlé à Bamako."
PAGE = f"""<html><head><title>Une page</title><link rel=stylesheet href="http://192.0.2.1/a.css"></head>
<body><article><h1>Une page</h1><img src="http://192.0.2.1/a.png"><p>{TEXT * 5}</p></article></body></html>"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Un titre\n\n{TEXT}")
    (folder / "b.html").write_text(PAGE)
    return folder


def sent(log: str) -> list[str]:
    return ELSEWHERE.findall(log)


def test_the_watch_sees_what_is_sent(tmp_path: Path) -> None:
    code = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    assert sent(traced([sys.executable, "-c", code], tmp_path / "log", SENDING).log)


def test_no_command_sends_anything(sources: Path, tmp_path: Path) -> None:
    liseuse = [sys.executable, "-m", "reader", "--home", str(tmp_path / "home")]
    found = traced([*liseuse, "add", str(sources), "--json"], tmp_path / "log", SENDING)
    assert json.loads(found.out)["added"] == 2
    assert not sent(found.log)
    hits = traced([*liseuse, "search", "attaque", "--json"], tmp_path / "log", SENDING)
    id = json.loads(hits.out)["hits"][0]["id"]
    for command in (
        ["annotate"],
        ["show", id],
        ["entities"],
        ["note", id, "--whole", "--comment", "![image](http://192.0.2.1/a.png)"],
        ["notes"],
        ["sync"],
        ["export", "-o", str(tmp_path / "notes.md")],
    ):
        done = traced([*liseuse, *command], tmp_path / "log", SENDING)
        assert done.code == 0, done.err
        assert not sent(done.log)


def test_the_interface_and_its_children_send_nothing(sources: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = [sys.executable, "-m", "reader", "--home", str(tmp_path / "home"), "open", str(sources)]
    terminal = Terminal(
        ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={SENDING},execve", *program],
        {"LC_ALL": "en_US.UTF-8"},
    )
    try:
        terminal.wait_until(lambda: b"newest first" in terminal.seen, 60)
        terminal.send(b"JNIM\r")
        terminal.settle()
        terminal.send(b"\r")
        terminal.wait_until(
            lambda: b"Oumar Diarra" in terminal.seen and b"Organisations" in terminal.seen, CHILDREN
        )
        terminal.send(b"y")
        terminal.settle()
        terminal.send(b"Q")
        assert terminal.end() == 0
    finally:
        terminal.close()
    seen = log.read_text(errors="replace")
    assert "index.adder" in seen
    assert "index.entities.worker" in seen
    assert not sent(seen)
