"""Where a number comes from: the rows and formulas behind a figure."""
