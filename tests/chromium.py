"""A Chromium for the tests that look at pages."""

import os
import shutil
from contextlib import contextmanager

from playwright.sync_api import expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # there is none for root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A server's first page waits until Odoo has built its assets.
expect.set_options(timeout=30_000)


def find():
    """Find the program: ``$CHROMIUM``, or one of the usual names.

    :rtype: str
    """
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))


@contextmanager
def running():
    """Run it, and end it in the end.

    :return: the browser
    :rtype: playwright.sync_api.Browser
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        browser.close()
