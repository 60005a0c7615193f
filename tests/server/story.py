"""The story of a token, told over HTTP: issued, used, revoked, refused."""

import json
import sys
from urllib.parse import urlencode

import requests

CREDENTIALS = {"login": "admin", "password": "admin"}


class Unexpected(Exception):
    pass


def show(text):
    for line in text.splitlines():
        print("       ", line)


def show_body(response):
    try:
        show(json.dumps(response.json(), indent=2, ensure_ascii=False))
    except ValueError:
        show(response.text[:500])


def call(url, method, path, status, headers=None, form=None):
    print("   ", method, path)
    for name, value in (headers or {}).items():
        show(f"{name}: {value}")
    if form:
        show(urlencode(form))
    response = requests.request(
        method, url + path, headers=headers, data=form, timeout=60
    )
    print("   ", response.status_code, response.reason)
    show_body(response)
    print()
    if response.status_code != status:
        raise Unexpected(f"{method} {path} should answer {status}")
    return response


def field(response, name):
    try:
        return response.json()[name]
    except (ValueError, KeyError, TypeError):
        raise Unexpected(f"the answer has no {name}") from None


def issue(url, form):
    response = call(url, "GET", "/api/auth/token", 200, form=form)
    return field(response, "access_token")


def tell(url, database):
    form = {"db": database, **CREDENTIALS}

    print("\n1. A token is issued, for a login and a password\n")
    token = issue(url, form)
    headers = {"access-token": token}

    print("2. It is used\n")
    call(url, "GET", "/api/auth/me", 200, headers)

    print("3. It is revoked\n")
    response = call(url, "DELETE", "/api/auth/token", 200, headers)
    if field(response, "count") != 1:
        raise Unexpected("one token should be deleted")

    print("4. It is refused\n")
    call(url, "GET", "/api/auth/me", 401, headers)

    print("5. A fresh one, to play with\n")
    return issue(url, form)


def main(url, database):
    try:
        token = tell(url, database)
    except (Unexpected, requests.RequestException) as error:
        print(f"The story went wrong: {error}.", file=sys.stderr)
        print("Odoo's log: demo.log, in a folder log of .odoo/", file=sys.stderr)
        return 1
    print(f"Odoo:        {url}/web (login admin, password admin)")
    print(f"Swagger UI:  {url}/api-docs")
    print(f"Your token:  curl -H 'access-token: {token}' {url}/api/auth/me")
    print("The end:     make stop")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
