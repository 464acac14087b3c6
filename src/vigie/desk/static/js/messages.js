// Words for the reader in the region that screen readers listen to.

/** Say something at the head of the page; `tone` "bad" for what failed. It stays until the next one. */
export function say(words, tone = "good") {
  const line = document.createElement("p");
  line.className = "message";
  line.dataset.tone = tone;
  line.textContent = words;
  document.getElementById("messages").replaceChildren(line);
}
