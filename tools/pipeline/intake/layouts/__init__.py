"""One module for each format: where its size, its frames and its orientation stand."""
