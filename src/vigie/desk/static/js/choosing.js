// Choosing words of a text: by mouse as any text is chosen, by keyboard with arrows. Offsets are in code points, as the
// server counts.

/** Offsets of what is chosen in the text, white space at the ends left out; null for nothing. */
export function offsets(text) {
  const selection = getSelection();
  if (!text || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = [...before.toString()].length + [...words].length - [...words.trimStart()].length;
  const length = [...words.trim()].length;
  return length ? { start, end: start + length, words: words.trim() } : null;
}

/** The place in the page of a character of the text, by its number in UTF-16. */
export function place(text, offset) {
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [text, text.childNodes.length];
}

/**
 * Let words of the text be chosen by keyboard: arrows move, Shift and arrows extend, Enter calls `use`, Escape ends.
 * `say` is told what is chosen. Gives the function that begins.
 */
export function byKeyboard(text, use, say) {
  const words = [...text.textContent.matchAll(/[\p{L}\p{N}]+(?:[’'.,/-][\p{L}\p{N}]+)*/gu)].map((found) => [found.index, found.index + found[0].length]);
  let first = 0; // of the chosen words, by number
  let last = 0;

  function select() {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    getSelection().setBaseAndExtent(...place(text, words[low][0]), ...place(text, words[high][1]));
    const range = getSelection().getRangeAt(0);
    const box = range.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 110) range.startContainer.parentElement.scrollIntoView({ block: "center" });
    say(range.toString());
  }

  function end() {
    delete document.body.dataset.choosing;
  }

  text.addEventListener("keydown", (event) => {
    if (!document.body.dataset.choosing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      last = Math.min(words.length - 1, Math.max(0, last + by));
      if (!event.shiftKey) first = last;
      select();
    } else if (event.key === "Enter") {
      event.preventDefault();
      end();
      use();
    } else if (event.key === "Escape") {
      event.preventDefault();
      end();
      getSelection().removeAllRanges();
    }
  });
  text.addEventListener("blur", end);

  /** Begin at the word after a character of the text, by its number in UTF-16. */
  return (at = 0) => {
    if (!words.length) return;
    first = last = Math.max(0, words.findIndex(([, stop]) => stop > at));
    document.body.dataset.choosing = "on";
    text.focus({ preventScroll: true });
    select();
  };
}
