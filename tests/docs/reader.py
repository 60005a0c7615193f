"""A reader who does what a page says."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from .snippets import read_snippets

TOKEN_RE = re.compile(r"access_token_[0-9a-f]{40}")
PREFIX_RE = re.compile(r"[0-9a-f]{8}")
TIME_RE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DATE_RE = re.compile(r"\d{4}-\d\d-\d\d")
REFERENCE_RE = re.compile(r"[A-Z]+\d{5}")  # of a document, such as S00017
ID_RE = re.compile(r"(/id|_ids/\d+)$")
REST = "…"  # of a text, or of a JSON object: what a page leaves out
ANSWERS = {"json", "text"}
ERROR_KEYS = {"code", "name", "description"}


class Reader:
    """Writes the files of a page, runs its commands, and compares their answers.

    :param Path folder: where the reader works
    :param dict replace: what the reader writes instead of what the page says, such as
        the address of the server
    :param Path tools: folder of more commands
    :param environ: more of the environment of commands, such as ``TOKEN``
    """

    def __init__(self, folder, replace, tools="", **environ):
        self.folder = folder
        self.replace = dict(replace)
        self.ids = {}
        folders = [str(tools), str(Path(sys.executable).parent), os.environ["PATH"]]
        path = os.pathsep.join(filter(None, folders))
        self.environ = {**os.environ, **environ, "PATH": path}

    def follow(self, page):
        """Do all that a page says.

        :param Path page: of reStructuredText
        :return: how many snippets were followed
        :rtype: int
        :raise AssertionError: a command fails, or its answer is another one
        """
        snippets = read_snippets(page)
        output = None
        for snippet, following in pairwise([*snippets, None]):
            try:
                if snippet.file:
                    self._write(snippet)
                elif snippet.language in ANSWERS:
                    assert output is not None, "no command answers so"
                    self._compare(snippet, output)
                    output = None
                else:
                    output = self._run_snippet(snippet)
                    if not is_answer(following, to=snippet):
                        assert not is_error(last_json(output)), output
                        output = None
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                place = f"{page.name}, line {snippet.line}"
                raise AssertionError(f"{place}: {error}") from None
        return len(snippets)

    def _write(self, snippet):
        path = self.folder / snippet.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._replace(snippet.text) + "\n")

    def _run_snippet(self, snippet):
        text = self._translate(snippet.text)
        if snippet.language == "shell":
            return self._run_shell(text)
        assert snippet.language == "python", f"who runs {snippet.language}?"
        token = self.environ.get("TOKEN")
        return self._run(sys.executable, "-c", f"token = {token!r}\n{text}")

    def _run_shell(self, text):
        # Variables last from one snippet to the next.
        state = self.folder / ".environ"
        output = self._run("bash", "-euac", f"trap 'env -0 > {state}' EXIT\n{text}")
        for item in state.read_text().rstrip("\0").split("\0"):
            name, _equals, value = item.partition("=")
            self.environ[name] = value
        return output

    def _run(self, *command):
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{command[-1]}\n{done.stdout}{done.stderr}"
        return done.stdout or done.stderr

    def _replace(self, text):
        for documented, actual in self.replace.items():
            text = text.replace(documented, actual)
        return text

    def _translate(self, text):
        def get_id(match):
            return str(self.ids.get(int(match[0]), match[0]))

        places = r"""(?:(?<=/)|(?<=id": )|(?<=ids": \[))"""
        return re.sub(rf"{places}\d+\b", get_id, self._replace(text))

    def _compare(self, snippet, output):
        if snippet.language == "json":
            self._compare_json(json.loads(snippet.text), last_json(output))
        else:
            assert snippet.text in output, output[-2000:]

    def _compare_json(self, documented, actual, place=""):
        """Check that an answer is as documented, but for ids, tokens and times."""
        if isinstance(documented, dict) and isinstance(actual, dict):
            documented = {self.replace.get(n, n): v for n, v in documented.items()}
            if REST in documented:
                documented = {n: v for n, v in documented.items() if n != REST}
                actual = {name: actual.get(name) for name in documented}
            assert list(documented) == list(actual), f"{place}: {list(actual)}"
            for name in documented:
                self._compare_json(documented[name], actual[name], f"{place}/{name}")
        elif isinstance(documented, list) and isinstance(actual, list):
            assert len(documented) == len(actual), f"{place}: {actual}"
            for number, items in enumerate(zip(documented, actual, strict=True)):
                self._compare_json(*items, f"{place}/{number}")
        elif documented == REST:
            pass
        elif ID_RE.search(place) and isinstance(actual, int):
            self.ids[documented] = actual
        elif isinstance(documented, str) and isinstance(actual, str):
            assert self._stands_for(documented, actual), f"{place}: {actual!r}"
        else:
            assert documented == actual, f"{place}: {actual!r}"

    def _stands_for(self, documented, actual):
        if TOKEN_RE.fullmatch(documented) and TOKEN_RE.fullmatch(actual):
            self.replace[documented] = actual
            return True
        if documented.endswith(REST):
            return actual.startswith(documented[: -len(REST)].rstrip())
        return documented == actual or any(
            pattern.fullmatch(documented) and pattern.fullmatch(actual)
            for pattern in (PREFIX_RE, TIME_RE, DATE_RE, REFERENCE_RE)
        )


def last_json(output):
    """Return the last JSON that a command wrote, if it wrote nothing else.

    :rtype: dict, list, or None
    """
    decoder = json.JSONDecoder()
    value, rest = None, output.strip()
    while rest:
        try:
            value, end = decoder.raw_decode(rest)
        except ValueError:
            return None
        rest = rest[end:].strip()
    return value


def is_answer(snippet, to):
    """Tell whether a snippet is what a page says of the answer to another one."""
    if snippet is None or snippet.file or snippet.language not in ANSWERS:
        return False
    return snippet.section == to.section


def is_error(answer):
    return isinstance(answer, dict) and set(answer) == ERROR_KEYS
