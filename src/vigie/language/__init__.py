"""Language packs, phrase matching, and the trained pipelines with the repairs of their parse."""
