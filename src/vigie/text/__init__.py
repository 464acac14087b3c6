"""From a raw string to sentences and quotations, with offsets that always lead back to the raw string."""
