"""How a whole map is computed fast: windows, shifted sums, matrix products, spectra, and the plan that chooses."""
