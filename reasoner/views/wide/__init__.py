"""Pages for wide paper whose parts can be unfolded and lead to each other: HTML files, notebooks, the explorer."""
