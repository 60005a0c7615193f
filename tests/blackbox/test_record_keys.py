"""Records that clients name by keys: of requests at once, one creates."""

from concurrent.futures import ThreadPoolExecutor

from .clients import Client
from .records import Resource


def test_requests_at_once_create_one(server, partners, committed, origin):
    def put(number):
        with Client(server.url) as client:
            mine = Resource(client, partners.path, partners.token)
            json = {"name": "Ada", "city": str(number)}
            return mine.request("PUT", f"by/ref/{origin}", json=json)

    with ThreadPoolExecutor(4) as pool:
        responses = list(pool.map(put, range(4)))
    statuses = sorted(response.status_code for response in responses)
    assert statuses == [200, 200, 200, 201], [each.text for each in responses]
    assert len({response.json()["id"] for response in responses}) == 1
    assert committed() == ["Ada"]
