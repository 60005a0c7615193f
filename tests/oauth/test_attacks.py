"""The attacks of RFC 9700, section 4: each test begins with the part that it is of."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests

from .attacks import assert_refused, assert_stays
from .people import CALLBACK, make_verifier, read_answer

EVIL = "https://evil.example.com/"


@pytest.mark.parametrize(
    "uri",
    [
        EVIL,
        f"{CALLBACK}/",
        f"{CALLBACK}?next={EVIL}",
        f"{CALLBACK}/../other",
        f"{CALLBACK}#fragment",
        "https://app.example.com.evil.example.com/callback",
        "https://app.example.com@evil.example.com/callback",
        "https://app.example.com\\@evil.example.com/callback",
        "https://user@app.example.com/callback",
        "http://app.example.com/callback",
        "https://app.example.com:8443/callback",
        "https://APP.example.com/callback",
        "javascript:alert(1)//https://app.example.com/callback",
        "data:text/html,x",
        "//evil.example.com/callback",
        "/callback",
        "",
        None,
    ],
)
def test_redirect_to_what_is_like_the_registered_address(flow, alice, uri):
    """4.1: redirect to what is like the registered address"""
    assert_stays(alice.open(flow.make_url(redirect_uri=uri)))


def test_give_two_addresses(flow, alice):
    """4.1: give two addresses, of which one is registered"""
    assert_stays(alice.open(flow.make_url(redirect_uri=[CALLBACK, EVIL])))
    assert_stays(alice.open(flow.make_url(redirect_uri=[EVIL, CALLBACK])))


@pytest.mark.parametrize(
    "scheme", ["javascript:x", "data:,x", "http://x.example/", "x:/"]
)
def test_register_an_address_that_runs_code(administrator, scheme):
    """4.1: register an address that runs code, or that anybody reads"""
    with pytest.raises(Exception, match="redirect URI"):
        administrator.make_application("partners:read", uri=scheme)


def test_read_the_code_from_the_referer(flow, alice):
    """4.2: read the code, or the state, from the header Referer"""
    page = alice.open(flow.make_url())
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r'(src|href)="https?:', page.text)
    sent_back = alice.decide(page)
    assert sent_back.headers["Referrer-Policy"] == "no-referrer"


def test_use_the_code_of_the_browsers_history(flow, alice):
    """4.3: use the code that the browser's history has"""
    code = flow.get_code(alice)
    assert flow.redeem(code).status_code == 200
    assert_refused(flow.redeem(code), "invalid_grant")


def test_have_the_token_put_into_the_address(flow, alice):
    """4.3: have the token put into the address, where the history keeps it"""
    for response_type in ("token", "code token", "id_token", "none"):
        sent_back = alice.open(flow.make_url(response_type=response_type))
        answer = read_answer(sent_back.headers["Location"])
        assert answer["error"] == "unsupported_response_type"
        assert "access_token" not in sent_back.headers["Location"]
    token = flow.connect(alice)["access_token"]
    query = {"access_token": token, "access-token": token}
    response = requests.get(f"{flow.url}/api/auth/me", params=query, timeout=60)
    assert response.status_code == 401


def test_pass_for_another_server(flow, alice, site):
    """4.4: pass an answer off as one of another server (mix-up)"""
    described = requests.get(
        f"{site.url}/.well-known/oauth-authorization-server", timeout=60
    ).json()
    assert described["authorization_response_iss_parameter_supported"]
    for location in (
        alice.allow(flow.make_url()),
        alice.open(flow.make_url(scope="unknown")).headers["Location"],
        alice.decide(alice.open(flow.make_url()), "deny").headers["Location"],
    ):
        assert read_answer(location)["iss"] == described["issuer"] == site.url


def test_inject_a_stolen_code(flow, public_flow, alice):
    """4.5: have an application of one's own session take a stolen code"""
    for each in (flow, public_flow):
        stolen = each.get_code(alice)
        verifier, _challenge = make_verifier()
        assert_refused(each.redeem(stolen, code_verifier=verifier), "invalid_grant")
        assert_refused(each.redeem(stolen, code_verifier=None))


def test_redeem_the_code_of_another_application(flow, others_flow, other, alice):
    """4.5: redeem the code of another application"""
    code = flow.get_code(alice)
    assert_refused(flow.redeem(code, other), "invalid_grant")
    assert_refused(
        flow.redeem(code, other, redirect_uri=other.redirect_uri), "invalid_grant"
    )


def test_redeem_without_the_secret(flow, application, alice):
    """4.5: redeem a stolen code without the application's secret"""
    code = flow.get_code(alice)
    for secret in ("", "x", f"client_secret_{'0' * 40}"):
        without = application._replace(secret=secret)
        assert_refused(flow.redeem(code, without), "invalid_client")


def test_redeem_at_once(flow, alice):
    """4.5: redeem a stolen code at the same moment as its application"""
    for _round in range(3):
        code = flow.get_code(alice)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _n, code=code: flow.redeem(code), range(8)))
        good = [each.json() for each in answers if each.status_code == 200]
        assert len(good) <= 1
        assert {each.status_code for each in answers} <= {200, 400}
        # It was used more than once: whoever has got something has nothing of it.
        assert [flow.call(token) for token in good] == [401] * len(good)


def test_use_a_token_that_was_issued_for_another_user(flow, alice, mallory):
    """4.6: act as another user with one's own token"""
    token = flow.connect(mallory)
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    url = f"{flow.url}/api/auth/me"
    params = {"uid": alice.user_id, "login": alice.login}
    answer = requests.get(url, params=params, headers=headers, timeout=60)
    assert answer.json()["uid"] == mallory.user_id


def test_allow_by_a_form_of_ones_own(flow, alice, mallory):
    """4.7: have a user allow something by a form of another site (CSRF)"""
    url = flow.make_url()
    alice.open(url)
    others_token = re.search('csrf_token" value="([^"]+)', mallory.open(url).text)[1]
    for token in (None, "", "x", others_token):
        form = {"decision": "allow", "csrf_token": token}
        assert_stays(alice.post(url, data=form))


def test_connect_a_victims_application_with_ones_own_account(flow, mallory):
    """4.7: connect a victim's application with the attacker's own account"""
    begun_by_victim = flow.make_url(state="of the victim")
    location = mallory.allow(flow.make_url(state="of the attacker"))
    # The victim's application knows its state and its verifier: it takes neither.
    assert read_answer(location)["state"] != read_answer(begun_by_victim)["state"]
    verifier, _challenge = make_verifier()
    code = read_answer(location)["code"]
    assert_refused(flow.redeem(code, code_verifier=verifier), "invalid_grant")


@pytest.mark.parametrize(
    "query",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge": ""},
        {"code_challenge": "x"},
        {"code_challenge_method": ["S256", "plain"]},
    ],
)
def test_ask_without_a_challenge(flow, public_flow, alice, query):
    """4.8: ask without a challenge, or with one that shows the verifier (downgrade)"""
    for each in (flow, public_flow):
        sent_back = alice.open(each.make_url(**query))
        answer = read_answer(sent_back.headers["Location"])
        assert answer["error"] == "invalid_request"
        assert "code" not in answer


def test_show_the_challenge_in_place_of_the_verifier(flow, alice):
    """4.8: show the challenge in place of the verifier"""
    code = flow.get_code(alice)
    assert_refused(flow.redeem(code, code_verifier=flow.challenge), "invalid_grant")


def test_have_a_token_issued_for_another_resource(flow, alice):
    """4.9: have a token issued for a resource of the attacker's"""
    for resource in (EVIL, f"{flow.url}.evil.example.com", f"{flow.url}/web"):
        sent_back = alice.open(flow.make_url(resource=resource))
        assert read_answer(sent_back.headers["Location"])["error"] == "invalid_target"
        code = flow.get_code(alice)
        assert_refused(flow.redeem(code, resource=resource), "invalid_target")


def test_go_on_with_a_stolen_token(flow, alice, administrator):
    """4.10: go on with a stolen token that its user has disconnected"""
    token = flow.connect(alice)
    assert token["expires_in"] <= 3600
    domain = [["user_id", "=", alice.user_id], ["ended_at", "=", False]]
    model = "rest.oauth.connection"
    ids = administrator.call(model, "search", domain)
    administrator.call(model, "action_disconnect", ids)
    assert flow.call(token) == 401
    assert_refused(flow.refresh(token["refresh_token"]), "invalid_grant")


def test_do_more_than_the_scope(flow, alice):
    """4.10: do more with a stolen token than its scope says"""
    token = flow.connect(alice)
    assert flow.call(token, "/api/partners") == 200
    assert flow.call(token, "/api/countries") == 403
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    session = f"{flow.url}/api/auth/session"
    assert requests.post(session, headers=headers, timeout=60).status_code == 403


def test_have_the_server_redirect_anywhere(flow, alice):
    """4.11: have the server send a browser anywhere (open redirector)"""
    for query in (
        {"client_id": "unknown", "redirect_uri": EVIL},
        {"redirect_uri": EVIL, "response_type": "x"},
        {"redirect_uri": EVIL, "scope": "unknown"},
        {"redirect_uri": EVIL, "code_challenge": None},
    ):
        assert_stays(alice.open(flow.make_url(**query)))
    stranger = requests.get(
        flow.make_url(redirect_uri=EVIL), allow_redirects=False, timeout=60
    )
    assert_stays(stranger)


def test_send_a_victim_to_a_page_by_an_error(others_flow, alice):
    """4.11: send somebody who allows nothing on by a request that is wrong"""
    url = others_flow.make_url(scope="unknown")
    location = alice.open(url).headers["Location"]
    # It goes to what an administrator has registered, and nowhere else.
    assert location.startswith(f"{others_flow.application.redirect_uri}?")


def test_have_the_form_sent_on(flow, alice):
    """4.12: have what was typed in sent on to the application (307)"""
    sent_back = alice.decide(alice.open(flow.make_url()))
    assert sent_back.status_code == 303
    with requests.Session() as stranger:
        to_login = stranger.get(flow.make_url(), allow_redirects=False, timeout=60)
    assert to_login.status_code == 303
    assert urlsplit(to_login.headers["Location"]).path == "/web/login"


def test_forge_headers_of_a_proxy(flow, alice, site):
    """4.13: forge the headers of a proxy"""
    headers = {
        "X-Forwarded-Host": "evil.example.com",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "127.0.0.1",
        "Forwarded": "host=evil.example.com",
    }
    url = f"{site.url}/.well-known/oauth-authorization-server"
    described = requests.get(url, headers=headers, timeout=60).json()
    assert described["issuer"] == site.url
    page = alice.get(flow.make_url(), headers=headers)
    assert "evil.example.com" not in page.text


def test_replay_a_refresh_token(flow, public_flow, alice):
    """4.14: use a refresh token that was used before"""
    for each in (flow, public_flow):
        first = each.connect(alice)
        second = each.refresh(first["refresh_token"]).json()
        assert each.call(second) == 200
        assert_refused(each.refresh(first["refresh_token"]), "invalid_grant")
        assert each.call(second) == 401
        assert_refused(each.refresh(second["refresh_token"]), "invalid_grant")


def test_refresh_at_once(public_flow, alice):
    """4.14: use a stolen refresh token at the same moment as its application"""
    for _round in range(3):
        token = public_flow.connect(alice)["refresh_token"]
        with ThreadPoolExecutor(8) as pool:
            refresh = public_flow.refresh
            answers = list(pool.map(lambda _n, t=token, r=refresh: r(t), range(8)))
        good = [each.json() for each in answers if each.status_code == 200]
        assert len(good) <= 1
        assert {each.status_code for each in answers} <= {200, 400}
        assert [public_flow.call(each) for each in good] == [401] * len(good)


def test_refresh_as_another_application(flow, other, public, alice):
    """4.14: use the refresh token of another application"""
    token = flow.connect(alice)
    for thief in (other, public):
        assert_refused(flow.refresh(token["refresh_token"], thief), "invalid_grant")


def test_refresh_to_more(flow, alice):
    """4.14: refresh to more than the user allowed"""
    token = flow.connect(alice)["refresh_token"]
    for scope in ("auth:read", "partners:read auth:read", "partners:write", "x", " "):
        assert_refused(flow.refresh(token, scope=scope), "invalid_scope")


def test_pass_for_a_user_by_ones_id(administrator, flow, alice):
    """4.15: have an application pass for a user by the id that it chooses"""
    values = {"name": "Other", "client_id": str(alice.user_id)}
    application = administrator.make_application("auth:read", **values, uri="")
    form = {"grant_type": "client_credentials"}
    assert_refused(
        flow.post("/api/oauth/token", application, **form), "unauthorized_client"
    )


def test_frame_the_page(flow, alice):
    """4.16: have somebody press a button that they don't see (clickjacking)"""
    for page in (alice.open(flow.make_url()), alice.open(flow.make_url(scope="x"))):
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_have_the_page_tell_another_window(flow, alice):
    """4.17: have the page tell its answer to another window"""
    page = alice.open(flow.make_url(response_mode="web_message"))
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    location = alice.decide(page).headers["Location"]
    assert location.startswith(f"{CALLBACK}?code=")
