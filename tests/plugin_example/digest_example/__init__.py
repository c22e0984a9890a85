"""One plugin of every kind for digest: each module holds one value, and pyproject.toml names it."""
