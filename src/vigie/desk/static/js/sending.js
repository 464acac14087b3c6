// Requests that change something carry the token of the page; answers that say no become an Error with their words.

/** The token of this page against forged requests. */
export function token() {
  return document.querySelector('meta[name="csrf-token"]').content;
}

/** Send JSON to a path of this desk; what it answers. Throws `Refused` where it says no, with `status` and `problem`. */
export async function send(path, body, { method = "POST", headers = {} } = {}) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token(), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const found = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : null;
  if (!answer.ok) throw new Refused(answer.status, found);
  return found;
}

/** An answer that says no: `status`, and the problem details (RFC 9457) where there are any. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || String(status));
    this.status = status;
    this.problem = problem;
  }
}
