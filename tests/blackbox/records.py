"""Resources of records, as a client calls them."""


def done(response, status=200):
    """Check the status of an answer, and return what it says."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    assert "Set-Cookie" not in response.headers
    return response.json()


class Resource:
    """One resource, called with one token."""

    def __init__(self, client, path, token):
        self.client = client
        self.path = path
        self.token = token

    def with_token(self, token):
        return Resource(self.client, self.path, token)

    def request(self, method, record_id=None, **options):
        path = self.path if record_id is None else f"{self.path}/{record_id}"
        return self.client.request(method, path, self.token, **options)

    def search(self, **params):
        return done(self.request("GET", params=params))

    def names(self, **params):
        """Names of what a search finds, in its order."""
        return [record["name"] for record in self.search(**params)["data"]]

    def pages(self, **params):
        """Pages of a search, each by the cursor of the one before."""
        page = self.search(**params)
        yield page
        cursors = set()
        while page["next_cursor"]:
            assert page["next_cursor"] not in cursors, "the pages go in circles"
            cursors.add(page["next_cursor"])
            page = self.search(**params, cursor=page["next_cursor"])
            yield page

    def create(self, values, **options):
        return done(self.request("POST", json=values, **options), 201)

    def read(self, record_id, **options):
        return done(self.request("GET", record_id, **options))

    def update(self, record_id, **values):
        return done(self.request("PATCH", record_id, json=values))

    def etag(self, record_id):
        return self.request("GET", record_id).headers["ETag"]
