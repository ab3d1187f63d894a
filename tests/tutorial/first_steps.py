"""First steps from Python: run it with ``python tests/tutorial/first_steps.py``, or paste it into a notebook."""

from reasoner import KnowledgeBase

kb = KnowledgeBase.shipped()
print(kb)

# 1. What does imatinib do to the CML stem cell?  It opens a route: the drug builds its own sanctuary.
alone = kb.assess("imatinib", cell="CML LSC")
opened = [route["route"] for route in alone["routes"] if route["status"] == "opened"]
print("opened by imatinib:", ", ".join(opened))

# 2. Plerixafor on top breaks it.
both = kb.assess("imatinib + plerixafor", cell="CML LSC")
for outcome in both["outcomes"]:
    print(outcome["outcome"], outcome["subject"], "-", outcome["verdict"], outcome["extent"])

# 3. Why?  A proof that ends in papers.
proof = kb.explain("breaksRoute(imatinib+plerixafor, RP06)", cell="CML LSC")
print(proof)

# 4. What stays open, and what would close it?
for row in kb.escapes("imatinib + plerixafor", cell="CML LSC")["answers"][:5]:
    print(row["route"], kb.label(row["route"]), "closed by", row["closed_by"] or "nothing known")

# 5. What would close everything?  Nothing does, and here is the certificate; then the best that can be done.
search = kb.combine(cell="CML LSC", background="imatinib")
print("complete:", search["complete"], "- no agent closes", ", ".join(search["uncovered"]))
print("best:", " + ".join(search["front"][0]["agents"]))

# 6. Any other question: SPARQL, also from the library, with variables bound by name.
for row in kb.sparql("agents-on-target", target="CXCR4"):
    print(row["agent"], row["mode"], row["target"])

# In a notebook `both` shows a page, `both.picture` draws the niche, and with pandas `both.frame("routes")` is a table.
