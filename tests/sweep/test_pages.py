"""Pages give all records once, in their order, and the last one knows that it is."""

import random

from .callers import RpcError
from .conftest import MODELS, SEED

KIND = "walks through pages"
MOST = 120  # records of a model, with a filter where there are more
UNSORTED = ("one2many", "many2many", "binary", "image", "reference")


def test_pages_give_all_records_once_and_in_order(sweep, callers, report):
    def check(model):
        for caller in callers:
            Pages(model, caller, report).check()

    sweep(KIND, check)


class Pages:
    """The pages of one model, as one user has them."""

    def __init__(self, model, caller, report):
        self.model = model
        self.caller = caller
        self.report = report
        self.params = {"fields": "id"}

    def check(self):
        try:
            ids = self.caller.rpc(self.model.model, "search", [], order="id")
        except RpcError:
            return  # not for this user
        if len(set(ids)) < len(ids) or len(ids) < 2:
            return  # rows of a view need not be records
        while len(ids) > MOST:  # a domain that names the id finds more of attachments
            self.params["id__lte"] = ids[MOST - 1]
            domain = [("id", "<=", ids[MOST - 1])]
            ids = self.caller.rpc(self.model.model, "search", domain, order="id")
        for number, order in enumerate(self.choose_orders()):
            sizes = {len(ids), len(ids) - 1, max(2, len(ids) // 4)}
            if number == 0:
                sizes.add(max(1, len(ids) // 12))
            expected = self.get_expected(order)
            if expected is None:
                continue
            for size in sorted(sizes):
                self.check_walk(order, size, expected, set(ids))

    def choose_orders(self):
        orders = list(self.get_orders())
        if not MODELS.isdigit():
            return orders
        source = random.Random(SEED)  # nosec B311 # can be repeated
        return orders[:1] + source.sample(orders[1:], min(6, len(orders) - 1))

    def get_orders(self):
        names = [
            name
            for name, field in sorted(self.model.fields.items())
            if field.type not in UNSORTED
        ]
        yield "id desc"
        for number, name in enumerate(names):
            yield f"{name} desc" if number % 2 else name
        for first, second in zip(names[::3], names[1::3]):
            yield f"{first}, {second} desc"

    def get_expected(self, order):
        """Return the ids as one long page has them, or None where there is none."""
        params = {**self.params, "order": order, "limit": 500}
        answer = self.caller.call("GET", self.model.url, params=params)
        if answer.status_code == 400 and "can't sort" in answer.text:
            return None
        if self.report.check(
            KIND, answer.status_code == 200, self.say(order, 500, answer.text[:200])
        ):
            return [record["id"] for record in answer.json()["data"]]
        return None

    def check_walk(self, order, size, expected, ids):
        found, params = [], {**self.params, "order": order, "limit": size}
        for _page in range(len(ids) + 2):
            answer = self.caller.call("GET", self.model.url, params=params)
            if answer.status_code != 200:
                self.report.check(KIND, False, self.say(order, size, answer.text[:200]))
                return
            page = answer.json()
            found += [record["id"] for record in page["data"]]
            params["cursor"] = page["next_cursor"]
            if not page["next_cursor"]:
                break
            if len(page["data"]) != size:
                self.report.fault(KIND, self.say(order, size, "a page is not full"))
        holds = found == expected and set(found) == ids and len(found) == len(ids)
        text = f"{found[:9]} ({len(found)}), not {expected[:9]} ({len(ids)})"
        self.report.check(KIND, holds, self.say(order, size, text))
        if len(page["data"]) == 0:
            self.report.fault(KIND, self.say(order, size, "the last page is empty"))

    def say(self, order, size, text):
        who = f"{self.model.model} by {self.caller.name}"
        return f"{who}, order={order}, limit={size}: {text}"
