"""The faces: residents' portal, staff workbench, board; what people see."""
