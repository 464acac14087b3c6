"""The desk: the web app where analysts review, compare and decide. `create_app` in `app` makes it."""
