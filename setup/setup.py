"""Packages one addon, for the series of Odoo that ``ODOO_VERSION`` names.

The manifests' versions go without a series, since one source runs on several. Here the
series is put in front, as Odoo does, and says what the package is called and depends on.
"""

import os
import tempfile
from pathlib import Path

from manifestoo_core.metadata import metadata_from_addon_dir
from setuptools import find_namespace_packages, setup

SERIES = os.environ.get("ODOO_VERSION", "14.0")

(addon,) = Path("odoo", "addons").iterdir()
options = {"odoo_series_override": SERIES, "post_version_strategy_override": "none"}
metadata = metadata_from_addon_dir(addon, options)

setup(
    name=metadata["Name"],
    version=f"{SERIES}.{metadata['Version']}",
    description=metadata["Summary"],
    long_description=metadata.get_payload(),
    long_description_content_type=metadata["Description-Content-Type"],
    author=metadata["Author"],
    license=metadata["License"],
    classifiers=metadata.get_all("Classifier"),
    python_requires=metadata["Requires-Python"],
    install_requires=metadata.get_all("Requires-Dist"),
    packages=find_namespace_packages(include=["odoo.addons.*"], exclude=["*.__pycache__"]),
    package_data={"": ["*"]},
    # Not here, where the next build would find what is no longer part of the addon.
    options={"build": {"build_base": tempfile.mkdtemp()}},
)
