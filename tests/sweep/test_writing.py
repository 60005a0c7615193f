"""What was read can be sent back, and changes nothing."""

LIMIT = 3
KIND = "records sent back"


def test_what_was_read_can_be_sent_back(sweep, admin, report):
    def check(model):
        answer = admin.call("GET", f"{model.url}?limit={LIMIT}&order=id desc&fields=id")
        if answer.status_code != 200:
            return  # the sweep of reading has it
        for record in answer.json()["data"]:
            send_back(model, admin, record["id"], report)

    sweep(KIND, check)


def send_back(model, caller, record_id, report):
    path, what = f"{model.url}/{record_id}", f"{model.model} {record_id}"
    if caller.call("GET", path).status_code != 200:
        return
    one = read_what_stays(model, caller, path)
    answer = caller.call("PUT", path, json=one)
    for _try in range(5):  # some values say what time it is
        if answer.status_code != 400:
            break
        one = read_what_stays(model, caller, path)
        answer = caller.call("PUT", path, json=one)
    if not report.check(
        KIND,
        answer.status_code == 200,
        f"{what}: {answer.status_code} {answer.text[:300]}",
    ):
        return
    after = answer.json()
    stored = {n for n in one if n == "id" or model.fields[n].stored}
    differing = {n: (one[n], after.get(n)) for n in stored if one[n] != after.get(n)}
    report.check(KIND, not differing, f"{what}: {str(differing)[:300]}")


def read_what_stays(model, caller, path):
    """Read a record, but what Odoo makes up: the graph of a journal without entries."""
    one, again = (caller.call("GET", path).json() for _time in range(2))
    return {n: v for n, v in one.items() if v == again[n] or model.fields[n].stored}
