// The list of sources: j and k walk through it, x chooses; the bar for joining says how many are chosen.
import { shortcuts } from "./shortcuts.js";
import "./rows.js";

const form = document.querySelector("[data-joining]");
const bar = document.querySelector("[data-join-bar]");

function chosen() {
  return [...form.querySelectorAll('input[name="names"]:checked')].map((box) => box.value);
}

function tell() {
  const names = chosen();
  bar.toggleAttribute("data-idle", names.length === 0);
  const words = bar.querySelector("[data-chosen]");
  words.textContent = names.length ? names.join(" = ") : words.dataset.idle;
  bar.querySelector('button[type="submit"]').disabled = names.length < 2;
}

if (form && bar) {
  const words = bar.querySelector("[data-chosen]");
  words.dataset.idle = words.textContent;
  form.addEventListener("change", tell);
  tell();
  shortcuts({
    x: () => {
      const box = document.activeElement?.closest("tr")?.querySelector('input[name="names"]');
      if (box) box.click();
    },
  });
}
