from typing import List, Optional

import pydantic

from odoo.http import Response

from odoo.addons.base_rest_datamodel.restapi import Datamodel
from odoo.addons.base_rest_pydantic.restapi import PydanticModel, PydanticModelList
from odoo.addons.odoo_rest_token_api import restapi


class Note(pydantic.BaseModel):
    text: str
    stars: Optional[int] = None
    tags: List[str] = []


class NoteFilter(pydantic.BaseModel):
    text: str = ""
    stars: int = 3
    tags: List[str] = []


class TypedService(restapi.Component):
    _inherit = "base.rest.service"
    _name = "neighbour.typed.service"
    _usage = "neighbour_typed"
    _collection = "rest.token.services"
    _description = "What the parameters of base_rest's other addons describe."

    @restapi.method(
        [("/books", "GET")],
        input_param=Datamodel("neighbour.filter"),
        output_param=Datamodel("neighbour.book", is_list=True),
    )
    def find_books(self, book_filter):
        """Find books."""
        book = self.env.datamodels["neighbour.book"]
        return [book(title=book_filter.title or "Dune", pages=book_filter.limit)]

    @restapi.method(
        [("/books", "POST")],
        input_param=Datamodel("neighbour.book"),
        output_param=Datamodel("neighbour.book"),
    )
    def add_book(self, book):
        """Add a book."""
        return book

    @restapi.method(
        [("/books/many", "POST")],
        input_param=Datamodel("neighbour.book", is_list=True),
        output_param=Datamodel("neighbour.book", is_list=True),
    )
    def add_books(self, books):
        """Add books."""
        return books

    @restapi.method(
        [("/notes", "GET")],
        input_param=PydanticModel(NoteFilter),
        output_param=PydanticModelList(Note),
    )
    def find_notes(self, note_filter):
        """Find notes."""
        return [Note(text=note_filter.text, stars=note_filter.stars)]

    @restapi.method(
        [("/notes", "POST")],
        input_param=PydanticModel(Note),
        output_param=PydanticModel(Note),
    )
    def add_note(self, note):
        """Add a note."""
        return note

    @restapi.method(
        [("/notes/many", "POST")],
        input_param=PydanticModelList(Note, max_items=2),
        output_param=PydanticModelList(Note),
    )
    def add_notes(self, notes):
        """Add two notes at most."""
        return notes

    @restapi.method(
        [("/scans", "POST")],
        input_param=restapi.MultipartFormData(
            {
                "scan": restapi.BinaryData(mediatypes=["text/plain"], required=True),
                "book": Datamodel("neighbour.book"),
                "note": PydanticModel(Note),
            }
        ),
    )
    def add_scan(self, scan, book, note):
        """Add a page of a book, with a note."""
        return {"size": len(scan.read()), "title": book.title, "text": note.text}

    @restapi.method(
        [("/scans/<int:scan_id>", "GET")],
        output_param=restapi.BinaryData(mediatypes=["text/plain"]),
    )
    def get_scan(self, scan_id):
        """Read a page."""
        return Response(b"page", content_type="text/plain")

    @restapi.method(
        [("/plain", "POST")],
        input_param=restapi.CerberusValidator("_validator_plain"),
        output_param=restapi.CerberusValidator("_validator_plain"),
    )
    def plain(self, **values):
        """Say it again."""
        return values

    def _validator_plain(self):
        return {
            "name": {"type": "string", "required": True, "nullable": True},
            "tags": {"type": "list", "schema": {"type": "string"}},
        }
