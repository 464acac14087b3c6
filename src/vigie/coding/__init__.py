"""From mentions to sources, claims and incidents of one report."""
