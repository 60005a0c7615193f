"""How records of any model are described, read, searched and written over HTTP."""
