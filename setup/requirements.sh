#!/bin/sh
# requirements.txt: the Python packages that the manifests of the addons name.
set -eu
requirements=$(manifestoo --no-addons-path-from-import-odoo --odoo-series 14.0 \
    --addons-path . --select-addons-dir . list-external-dependencies python)
printf '# generated from manifests external_dependencies\n%s\n' "$requirements" >requirements.txt
