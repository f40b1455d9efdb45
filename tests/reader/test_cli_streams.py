"""What the command line does where its streams are closed, full, gone, or of another encoding."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def redirected(tmp_path: Path) -> Run:
    """Run a command as a shell does, with redirections, in the home of `cli`."""
    program = [sys.executable, "-m", "reader", "--home", str(tmp_path / "home"), "--lang", "en"]
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}

    def run(
        redirections: str, *arguments: str, stdout: int = subprocess.PIPE, **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["sh", "-c", f'exec "$@" {redirections}', "sh", *program, *arguments],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            env={**inherited, **env},
        )

    return run


TOLD = "liseuse: Bamako · articles: 1\n".encode()
CLOSED = [">&-", "2>&-", "<&-", "<&- >&- 2>&-"]


@pytest.mark.parametrize("closed", CLOSED)
def test_closed_streams_change_no_exit_code(redirected: Run, article: str, closed: str) -> None:
    for code, command in (
        (0, ["search", "Bamako"]),
        (0, ["show", article, "--plain"]),
        (0, ["--help"]),
        (1, ["search", "xyzzy"]),
        (2, ["note", article, "--quote", "absent"]),
        (2, ["nonsense"]),
        (2, []),
    ):
        done = redirected(closed, *command)
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False), (command, done.stderr)
        assert code == 0 or done.stdout == b"", command  # messages do not go where data goes


@pytest.mark.parametrize("closed", CLOSED)
def test_a_note_made_with_closed_streams_is_made_once_and_nothing_is_printed_into_a_store(
    redirected: Run, cli, article: str, closed: str
) -> None:
    assert redirected(closed, "note", article, "--whole", "--comment", "à relire").returncode == 0
    assert redirected(closed, "export", "-o", "-").returncode == 0
    assert cli("notes", "relire")[1].count("à relire") == 1
    assert cli("doctor")[0] == 0


def test_what_is_opened_after_the_streams_gets_none_of_their_numbers(tmp_path: Path) -> None:
    found = tmp_path / "number"
    program = (
        "import os; from reader import streams; streams.prepare(); print('said');"
        f"n = os.open({str(found)!r}, os.O_CREAT | os.O_WRONLY); os.write(n, str(n).encode())"
    )
    shell = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", program]
    assert subprocess.run(shell, check=False, timeout=60).returncode == 0
    assert int(found.read_text()) > 2


@pytest.mark.parametrize("said", ["0", "999999999", "9" * 5000, "²", "-3"])
def test_a_size_that_no_terminal_has_changes_nothing(redirected: Run, article: str, said: str) -> None:
    for command in (["show", article], ["search", "avions"], ["--help"]):
        shown = redirected("", *command, COLUMNS=said, LINES=said)
        assert (shown.returncode, shown.stdout) == (0, redirected("", *command).stdout)
        assert len(shown.stdout) > 50


@pytest.mark.parametrize(
    "locale",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_another_encoding_shows_what_it_can_and_documents_are_in_utf8(
    redirected: Run, cli, article: str, locale: dict[str, str]
) -> None:
    cli("note", article, "--quote", "Six avions", "--comment", "à vérifier")
    for command in (["search", "avions"], ["show", article], ["notes"], ["entities"]):
        done = redirected("", *command, **locale)
        assert b"Traceback" not in done.stderr, command
        assert done.stdout.isascii()
    assert redirected("", "notes", **locale).stdout.rstrip().endswith(b"? v?rifier")
    assert redirected("", "--lang", "fr", "--help", **locale).returncode == 0
    assert rb"avions \xb7 articles: 1" in redirected("", "search", "avions", **locale).stderr
    for command in (["show", article, "--plain"], ["export", "-o", "-"]):
        written = redirected("", *command, **locale).stdout
        assert "à vérifier" in written.decode()
        assert written == redirected("", *command).stdout


@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_what_cannot_be_said_is_a_failure_and_told_once(
    redirected: Run, article: str, buffering: dict[str, str]
) -> None:
    for command in (
        ["--help"],
        ["--version"],
        ["search", "--help"],
        ["search", "Bamako"],
        ["search", "Bamako", "--json"],
        ["show", article, "--plain"],
        ["note", article, "--whole", "--comment", "x"],
        ["export", "-o", "-"],
    ):
        done = redirected(">/dev/full", *command, **buffering)
        assert (done.returncode, done.stderr) == (4, b"liseuse: No space left on device\n"), command


def test_a_message_that_cannot_be_told_leaves_the_exit_code(redirected: Run, article: str) -> None:
    assert redirected("2>/dev/full", "nonsense").returncode == 2
    assert redirected("2>/dev/full", "note", article, "--quote", "absent").returncode == 2
    assert redirected("2>/dev/full", "search", "xyzzy").returncode == 1
    assert redirected("2>/dev/full", "search", "Bamako").returncode == 0


@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_who_has_read_enough_is_no_failure(
    redirected: Run, cli, article: str, buffering: dict[str, str]
) -> None:
    cli("note", article, "--whole", "--comment", "x")
    for command in (["search", "Bamako"], ["search", "Bamako", "--json"], ["--help"], ["export", "-o", "-"]):
        gone, pipe = os.pipe()
        os.close(gone)
        done = redirected("", *command, stdout=pipe, **buffering)
        os.close(pipe)
        assert (done.returncode, done.stderr) in ((0, b""), (0, TOLD)), command
