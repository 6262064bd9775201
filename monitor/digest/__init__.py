"""The weekly digest as people read it: charts, Markdown, HTML."""
