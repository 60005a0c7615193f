"""What docs/oauth.rst says is so."""

from docs.reader import Reader
from servers import REPO


def test_what_the_page_says_is_so(
    site, administrator, application, flow, alice, tmp_path
):
    program = administrator.make_application(
        "partners:read", name="Nightly Export", uri="", user_id=alice.user_id
    )
    known = {
        "CLIENT_ID": application.client_id,
        "CLIENT_SECRET": application.secret,
        "CODE": flow.get_code(alice),
        "VERIFIER": flow.verifier,
        "PROGRAM_ID": program.client_id,
        "PROGRAM_SECRET": program.secret,
    }
    reader = Reader(tmp_path, {"http://127.0.0.1:8016": site.url}, **known)
    assert reader.follow(REPO / "docs" / "oauth.rst")
