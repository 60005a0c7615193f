"""Prism, between a client and the server, finds nothing that is not as documented."""

import socket
import subprocess
import time
from contextlib import closing, contextmanager

import pytest
import requests

from .tools import NODE, TOOLS

STORY = TOOLS[0]


@contextmanager
def proxy(folder, server):
    """Run Prism, which answers what is not as documented by an error of its own.

    :return: the URL that it serves
    """
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [NODE / "prism", "proxy", "openapi.json", server.url, "--errors"]
    command += ["--port", str(port)]
    with (folder / "prism.log").open("w") as log:
        prism = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            wait_for(port, prism)
            yield f"http://127.0.0.1:{port}"
        finally:
            prism.terminate()
            prism.wait(30)


def wait_for(port, process):
    for _time in range(600):
        assert process.poll() is None
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("Prism does not answer")


def test_story_is_as_documented_in_both_directions(folder, server, settings):
    STORY.generate(folder)
    STORY.compile(folder)
    with proxy(folder, server) as url:
        assert "told" in STORY.tell(folder, **{**settings, "STORY_URL": url})
    log = (folder / "prism.log").read_text()
    breaches = [line for line in log.splitlines() if "violation" in line.lower()]
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize(
    "body", ['{"name": ""}', "{}", '{"name": 1}', '[{"name": "A"}]']
)
def test_what_is_not_as_documented_is_found(body, folder, server):
    """Prism looks: a test that it lets everything pass would be none."""
    with proxy(folder, server) as url:
        headers = {"Content-Type": "application/json", "access-token": "x"}
        answer = requests.post(
            f"{url}/api/partners", data=body, headers=headers, timeout=60
        )
    assert answer.status_code == 422, answer.text
