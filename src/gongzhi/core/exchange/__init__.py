"""Charters and logs in the forms other programs read: BPMN, PNML, Mermaid, XES, OCEL; and our own BPMN back."""
