"""Writing the record out: for people (terminal, Markdown), for programs (JSON), and where each value comes from."""
