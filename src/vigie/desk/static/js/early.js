// Keys that are pressed when the page is seen already and its modules are still on their way: kept in order until
// shortcuts.js takes them. The one script that the page waits for, and so short for that reason.
window.earlyKeys = [];
addEventListener("keydown", (event) => window.earlyKeys?.push(event), true);
