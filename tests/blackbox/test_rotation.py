"""A token is rotated by the program that has it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

PATH = "/api/auth/token/rotate"


def test_of_many_rotations_at_once_one_wins(client, user):
    token = client.issue(user, name="Rotated at once")
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(client.post, PATH, token, json={"grace_seconds": 60})
            for _number in range(6)
        ]
        answers = [each.result() for each in asked]
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {200: 1, 409: 5}
    (new,) = [each.json() for each in answers if each.status_code == 200]
    assert client.me(new["access_token"]).status_code == 200
    listed = client.get("/api/auth/tokens", new["access_token"]).json()["data"]
    names = [each["name"] for each in listed if each["state"] == "active"]
    assert names.count("Rotated at once") == 2  # the one before goes on for a minute


def test_rotations_at_once_that_end_the_token(client, user):
    token = client.issue(user)
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(client.post, PATH, token) for _number in range(6)]
        statuses = Counter(each.result().status_code for each in asked)
    assert statuses.pop(200) == 1
    assert set(statuses) <= {401, 409}  # by whether they came before it had ended
    assert client.me(token).status_code == 401
