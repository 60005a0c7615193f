import pytest

for module in ("clients", "records"):
    pytest.register_assert_rewrite(f"{__name__}.{module}")
