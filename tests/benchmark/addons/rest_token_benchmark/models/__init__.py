from . import bmk_order
