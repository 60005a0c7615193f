"""Files that records have, as HTTP sends them: with a name, a type, and in parts."""

import base64
import hashlib
import io
import mimetypes
import os
import re
from urllib.parse import quote

from PIL import Image
from werkzeug.wsgi import FileWrapper

from odoo.http import Response
from odoo.tools.mimetypes import guess_mimetype

from ..errors import InvalidParameter

MAX_PIXELS = 50_000_000  # of an image that is made smaller, as Odoo has it
MAX_SIZE = 4096  # of an image that is asked for, in pixels
OCTETS = "application/octet-stream"
# What browsers show, and run nothing of
SHOWN_RE = re.compile(r"image/(?!svg)|audio/|video/|text/plain$|application/pdf$")
TYPE_RE = re.compile(r"[\w.+-]+/[\w.+-]+(; charset=[\w-]+)?")
QUOTED_RE = re.compile(r"[^ !#-\[\]-~]")


class File:
    """A file, wherever its bytes are.

    :param str name: for who saves it
    :param str mimetype: of it
    :param bytes content: of it, unless there is a path
    :param str path: of a file of the server
    :param str etag: of the content, made of it if not given
    """

    def __init__(self, name, mimetype, content=b"", path=None, etag=None):
        self.name = name
        self.mimetype = mimetype if TYPE_RE.fullmatch(mimetype or "") else OCTETS
        self.content = content
        self.path = path
        self.etag = etag or hashlib.sha256(content).hexdigest()

    @property
    def size(self):
        return os.path.getsize(self.path) if self.path else len(self.content)

    def open(self):
        """Open it, to be read in binary.

        :rtype: io.BufferedIOBase
        """
        if self.path:
            return open(self.path, "rb")  # pylint: disable=consider-using-with
        return io.BytesIO(self.content)

    def resize(self, size):
        """Make a smaller image of it, as high and wide as that, at most.

        :param int size: in pixels
        :rtype: File
        :raise InvalidParameter: it is no image that has pixels
        """
        output = io.BytesIO()
        try:
            with self.open() as source, Image.open(source) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise InvalidParameter("size", "is for smaller images")
                image.thumbnail((size, size))
                image.save(output, image.format)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise InvalidParameter("size", "is for images") from error
        etag = f"{self.etag}-{size}"
        return File(self.name, self.mimetype, output.getvalue(), etag=etag)

    def respond(self, environ):
        """Answer with it, or with the part of it that is asked for.

        :param dict environ: of WSGI
        :rtype: odoo.http.Response
        :raise werkzeug.exceptions.RequestedRangeNotSatisfiable: there is no such part
        """
        size, content = self.size, self.open()
        response = Response(
            FileWrapper(content, 65536),
            content_type=self.mimetype,
            direct_passthrough=True,
        )
        response.headers["Content-Length"] = str(size)
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["Content-Disposition"] = self.get_disposition()
        # Nothing of it runs, whatever a browser takes it for.
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.set_etag(self.etag)
        try:
            return response.make_conditional(
                environ, accept_ranges=True, complete_length=size
            )
        except Exception:
            content.close()
            raise

    def get_disposition(self):
        """Return the value of ``Content-Disposition`` (RFC 6266).

        :rtype: str
        """
        kind = "inline" if SHOWN_RE.match(self.mimetype) else "attachment"
        name = " ".join(self.name.split())
        plain = QUOTED_RE.sub("_", name.encode("ascii", "replace").decode())
        disposition = f'{kind}; filename="{plain}"'
        if plain != name:
            disposition += f"; filename*=UTF-8''{quote(name, safe='')}"
        return disposition


def read_attachment(attachment):
    """Return the file of an attachment, which its reader may read.

    :param attachment: record of ``ir.attachment``
    :rtype: File
    """
    attachment = attachment.sudo()
    name, mimetype = attachment.name or "file", attachment.mimetype
    path = attachment.store_fname and attachment._full_path(attachment.store_fname)
    if path and os.path.isfile(path):
        return File(name, mimetype, path=path, etag=attachment.checksum)
    return File(name, mimetype, attachment.raw or b"", etag=attachment.checksum)


def read_field(record, field):
    """Return the file that a binary field of a record holds.

    :param record: that its reader may read
    :param odoo.fields.Field field: that its reader may read
    :rtype: File, or None if it holds none
    """
    name = _get_name(record, field)
    attachment = _find_attachment(record, field)
    if attachment:
        file = read_attachment(attachment)
    else:
        data = record.with_context(bin_size=False)[field.name]
        if not data:
            return None
        content = base64.b64decode(data)
        file = File(name, guess_mimetype(content, default=OCTETS), content)
    extension = mimetypes.guess_extension(file.mimetype) or ""
    file.name = name if "." in name else f"{name}{extension}"
    return file


def _find_attachment(record, field):
    attachments = record.env["ir.attachment"].sudo()
    base = field.base_field
    if not getattr(base, "attachment", False) or not base.store or field.related:
        return attachments
    domain = [
        ("res_model", "=", record._name),
        ("res_id", "=", record.id),
        ("res_field", "=", field.name),
    ]
    return attachments.search(domain, limit=1)


def _get_name(record, field):
    for suffix in ("filename", "fname", "name"):
        name = record._fields.get(f"{field.name}_{suffix}")
        if name is not None and name.type == "char" and record[name.name]:
            return record[name.name]
    return (record.display_name or record._name).replace("/", "-")
