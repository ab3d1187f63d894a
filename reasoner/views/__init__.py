"""Documents as people and programs read them: text, Markdown, HTML, pictures, SPARQL, and the server."""
