"""The server: a SPARQL endpoint and an explorer on one port, read-only, offline."""
