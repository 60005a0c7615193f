"""One request of ours, from its route to its answer: ``call`` tells it in order."""

from . import call
