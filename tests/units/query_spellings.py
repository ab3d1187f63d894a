"""Ways to write a query that asks another host or reads a file."""

from pathlib import Path


def spellings(host: str, file: Path) -> list[str]:
    """Forty ways to ask another host or to read a file."""
    inner = "{ ?s ?p ?o }"
    service = f"SERVICE <{host}/s> {inner}"
    return [
        f"SELECT * {{ {service} }}",
        f"SELECT * {{ service <{host}/s> {inner} }}",
        f"SELECT * {{ SeRvIcE SILENT <{host}/s> {inner} }}",
        f"SELECT * {{ SERVICE\n\t# comment\n<{host}/s> {inner} }}",
        f"SELECT * {{ SERVICE<{host}/s>{inner} }}",
        f"PREFIX x: <{host}/> SELECT * {{ SERVICE x:s {inner} }}",
        f"PREFIX service: <{host}/> SELECT * {{ SERVICE service:s {inner} }}",
        f"BASE <{host}/> SELECT * {{ SERVICE <s> {inner} }}",
        f"SELECT * {{ BIND (<{host}/s> AS ?h) SERVICE ?h {inner} }}",
        f"SELECT * {{ VALUES ?h {{ <{host}/s> }} SERVICE ?h {inner} }}",
        f"SELECT * {{ OPTIONAL {{ {service} }} }}",
        f"SELECT * {{ {{ {service} }} UNION {{ ?a ?b ?c }} }}",
        f"SELECT * {{ ?a a :Route MINUS {{ {service} }} }}",
        f"SELECT * {{ ?a a :Route FILTER EXISTS {{ {service} }} }}",
        f"SELECT * {{ ?a a :Route FILTER NOT EXISTS {{ {service} }} }}",
        f"SELECT * {{ {{ SELECT * {{ {service} }} LIMIT 1 }} }}",
        f"SELECT * {{ GRAPH ?g {{ {service} }} }}",
        f"ASK {{ {service} }}",
        f"CONSTRUCT {inner} WHERE {{ {service} }}",
        f"DESCRIBE ?s {{ {service} }}",
        f"SELECT * {{ S\\u0045RVICE <{host}/s> {inner} }}",
        f"SELECT * {{ \\u0053\\u0045\\u0052VICE SILENT <{host}/s> {inner} }}",
        f"SELECT * {{ ?a ?b trueSERVICE <{host}/s> {inner} }}",
        f"SELECT * {{ ?a ?b 1SERVICE <{host}/s> {inner} }}",
        f"SELECT * {{ ?a ?b 'x'@enSERVICE SILENT <{host}/s> {inner} }}",
        f"SELECT * {{ LATERAL {{ {service} }} }}",
        f"SELECT * {{ ?a a :Route BIND (EXISTS {{ {service} }} AS ?e) }}",
        f"SELECT * FROM <{host}/data.ttl> {inner}",
        f"SELECT * FROM NAMED <{host}/data.ttl> {{ GRAPH ?g {inner} }}",
        f"SELECT * FROM <{file.as_uri()}> {inner}",
        f"SELECT * FROM <{file}> {inner}",
        f"BASE <file://{file.parent}/> SELECT * FROM <{file.name}> {inner}",
        f"PREFIX f: <file://{file.parent}/> SELECT * FROM f:{file.name} {inner}",
        f"SELECT * FROM NAMED <{file.as_uri()}> {{ GRAPH <{file.as_uri()}> {inner} }}",
        f"ASK FROM <{host}/x> {inner}",
        f"CONSTRUCT {inner} FROM <{file.as_uri()}> WHERE {inner}",
        f"DESCRIBE <{host}/x> FROM <{host}/x>",
        f"LOAD <{host}/data.ttl>",
        f"LOAD SILENT <{file.as_uri()}> INTO GRAPH <urn:x>",
        f"PREFIX a: <urn:a> load <{host}/x>",
        f"INSERT {inner} USING <{host}/x> WHERE {{ {service} }}",
    ]
