"""Posts of other generators, and notes on one paper."""
