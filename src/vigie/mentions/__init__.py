"""What a sentence names: numbers, dates, places. Each finder is a pure function of text and language."""
