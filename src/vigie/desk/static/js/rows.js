// j and k walk through the links of a list.
import { shortcuts } from "./shortcuts.js";

const rows = [...document.querySelectorAll("[data-row]")];

function step(by) {
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.focus();
}

shortcuts({ j: () => step(1), k: () => step(-1) });
