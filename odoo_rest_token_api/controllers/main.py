from ..restapi import RestController, RestTokenController

COLLECTION = "rest.token.services"


class ApiController(RestTokenController, RestController):
    _root_path = "/api/"
    _collection_name = COLLECTION


class SkyController(RestTokenController, RestController):
    """Where older clients ask for a token."""

    _root_path = "/rest/sky/"
    _collection_name = "rest.token.sky.services"
