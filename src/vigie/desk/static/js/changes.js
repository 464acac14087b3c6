// n and p walk through what changed between two versions.
import { shortcuts } from "./shortcuts.js";

const changes = [...document.querySelectorAll("#text ins, #text del")];

function step(by) {
  const at = changes.indexOf(document.activeElement);
  const next = changes[at < 0 ? (by > 0 ? 0 : changes.length - 1) : Math.min(changes.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

shortcuts({ n: () => step(1), p: () => step(-1) });
