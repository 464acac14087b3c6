// On to the next report by one key.
import { shortcuts } from "./shortcuts.js";

shortcuts({ n: () => document.querySelector("[data-key=n]")?.click() });
