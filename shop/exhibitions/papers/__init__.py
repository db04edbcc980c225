"""What a fair prints: hand-over sheets, labels, certificate cards, statements, and its report as a spreadsheet.

Each module gives the bytes of a file in the language that is active. Nothing here writes to the database.
"""
