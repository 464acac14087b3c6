"""Pictures of pages with at most 256 colours: a third of the size, to the eye the same."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The browser has a decoder and fast arrays. The most frequent colours stay, all others become the nearest.
_INDEXED = """async (png) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const pixels = drawing.getImageData(0, 0, image.width, image.height).data;
  const times = new Map();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    times.set(colour, (times.get(colour) ?? 0) + 1);
  }
  const palette = [];
  const nearest = (colour) => {
    let found = 0, least = Infinity;
    for (let each = 0; each < palette.length; each++) {
      const red = (palette[each] >> 16) - (colour >> 16);
      const green = ((palette[each] >> 8) & 255) - ((colour >> 8) & 255);
      const blue = (palette[each] & 255) - (colour & 255);
      const apart = red * red + green * green + blue * blue;
      if (apart < least) [found, least] = [each, apart];
    }
    return [found, least];
  };
  const close = 72; // nobody sees six steps of each channel; and there is room left for colours that are rare
  for (const colour of [...times.keys()].sort((a, b) => times.get(b) - times.get(a) || a - b)) {
    if (palette.length < 256 && nearest(colour)[1] > close) palette.push(colour);
  }
  const place = new Map();
  for (const colour of times.keys()) place.set(colour, nearest(colour)[0]);
  let indexed = '';
  for (let at = 0; at < pixels.length; at += 4) {
    indexed += String.fromCharCode(place.get((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]));
  }
  return { width: image.width, height: image.height, palette, indexed: btoa(indexed) };
}"""


def small(png: bytes, page: Page) -> bytes:
    """The PNG with a palette. `page` is an empty page of a browser, which does the counting."""
    drawn = page.evaluate(_INDEXED, base64.b64encode(png).decode("ascii"))
    width, height = drawn["width"], drawn["height"]
    indexed = base64.b64decode(drawn["indexed"])
    rows = b"".join(b"\0" + indexed[at : at + width] for at in range(0, width * height, width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in drawn["palette"])
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk as PNG (ISO/IEC 15948, 5.3) wants it: length, kind, body, CRC of kind and body."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
