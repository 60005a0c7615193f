from .common import RestApiCase


class RecordCase(RestApiCase):
    """Test case for the services of records, called by ``self.holder``."""

    path = "/api/partners"
    holder_group = "base.group_partner_manager"
    origin = "rest-test"  # what the partners of a test have in common

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"]
        self._add_group(self.holder, self.holder_group)

    def _new_partner(self, name, **values):
        return self.partners.create({"name": name, "ref": self.origin, **values})

    def _expose(self, model, path, *names, **values):
        """Expose a model, as an administrator does.

        :param str model: its name
        :param str path: of the resource
        :param names: of fields that are read
        :param values: of the resource
        :rtype: record of ``rest.resource``
        """
        model = self.env["ir.model"]._get(model)
        fields = [self.env["ir.model.fields"]._get(model.model, name) for name in names]
        lines = [(0, 0, {"field_id": field.id}) for field in fields]
        return self.env["rest.resource"].create(
            {"path": path, "model_id": model.id, "field_ids": lines, **values}
        )

    def _hide(self, partner):
        """Have a record rule hide a partner from everybody."""
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": f"[('id', '!=', {partner.id})]",
            }
        )

    def _get(self, path, **kwargs):
        return self.client.get(path, **kwargs)

    def _delete(self, path, **kwargs):
        return self.client.delete(path, **kwargs)

    def _post(self, json, path=None, **kwargs):
        return self.client.post(path or self.path, json=json, **kwargs)

    def _patch(self, record, json, **kwargs):
        return self.client.patch(self._path_of(record), json=json, **kwargs)

    def _path_of(self, record):
        return f"{self.path}/{record.id}"

    def _read(self, record, **params):
        """Return what the service says of a record.

        :param params: of the query string
        """
        return self.assertDone(self._get(self._path_of(record), params=params))

    def _search(self, **params):
        """Return what the service answers to a search.

        :param params: of the query string
        """
        return self.assertDone(self._get(self.path, params=params))

    def _found(self, **params):
        """Return the ids that a search finds, in its order."""
        return [record["id"] for record in self._search(**params)["data"]]

    def _walk(self, **params):
        """Return the ids of all pages of a search, each found by its cursor."""
        ids = []
        page = self._search(**params)
        while True:
            self.assertEqual(page["count"], len(page["data"]))
            ids += [record["id"] for record in page["data"]]
            if page["next_cursor"] is None:
                return ids
            self.assertTrue(page["data"], "a page before the last one is empty")
            page = self._search(**params, cursor=page["next_cursor"])
