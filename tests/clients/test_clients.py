"""Clients that are generated compile, as strictly as can be, and do what they say."""

import pytest

from .tools import TOOLS


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_client_compiles_and_tells_the_story(tool, folder, settings, table):
    row = [tool.name, tool.get_version(), "no", "no", "no"]
    try:
        tool.generate(folder)
        row[2] = "yes"
        if tool.compile:
            tool.compile(folder)
            row[3] = "yes"
        if tool.tell:
            assert "told" in tool.tell(folder, **settings)
            row[4] = "yes"
    finally:
        table.append(row)
