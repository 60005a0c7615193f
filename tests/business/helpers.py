"""What the tests of business documents share."""

from collections import Counter


def write_all(*names):
    """Declare fields that may be written."""
    return [(name, "write") for name in names]


def send_back(resource, **params):
    """Send each record back as it was read, and count what came of it.

    :return: how often each status, or a change, was the answer
    """
    outcomes = Counter()
    for found in resource.search(**params)["data"]:
        record = resource.read(found["id"])
        response = resource.request("PUT", record["id"], json=record)
        answer = response.json()
        is_same = response.status_code == 200 and answer == record
        outcomes["the same" if is_same else response.text[:200]] += 1
    return outcomes
