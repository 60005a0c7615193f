"""Says which of the XML files named on the command line are not well-formed."""

import sys
from xml.etree import ElementTree

status = 0
for path in sys.argv[1:]:
    try:
        ElementTree.parse(path)
    except ElementTree.ParseError as error:
        print(f"{path}: {error}")
        status = 1
sys.exit(status)
