"""Documents as people and programs read them: text, Markdown, HTML, pictures, SPARQL results, and the server."""
