"""Tables as people save them from a spreadsheet."""
