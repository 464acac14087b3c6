"""The context paragraph that a desk editor needs: what the record has of a place, an actor or an incident.

Sentences, each with the reports it rests on, written by rules from the record alone: the same record gives the same
words.
"""

from vigie.exports.bulletin.printing import bulletin_json, bulletin_markdown, bulletin_text
from vigie.exports.bulletin.sentences import Sentence
from vigie.exports.bulletin.whole import Bulletin, background, incident_paragraph

__all__ = [
    "Bulletin",
    "Sentence",
    "background",
    "bulletin_json",
    "bulletin_markdown",
    "bulletin_text",
    "incident_paragraph",
]
