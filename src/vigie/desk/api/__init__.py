"""The REST API under `/api/v1`: a module a resource, each with a `router()`; docs/api.md tells how to use it."""
