"""What the API takes and gives, as pydantic models: the doors. Inside, values are those of `vigie.model`."""
