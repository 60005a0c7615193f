"""The pictures of the documentation are taken by these tests."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PICTURES = sorted(HERE.parents[1].glob("odoo_*/static/description/*.png"))
TAKEN = {
    name
    for path in (*HERE.glob("test_*.py"), *HERE.parent.glob("oauth/test_*.py"))
    for name in re.findall(r"screenshot\(\"(\w+)\"\)", path.read_text())
}


@pytest.mark.parametrize("name", [path.stem for path in PICTURES])
def test_picture_is_taken_by_a_test(name):
    assert name in {*TAKEN, "icon"}
