// One source of changes: the event stream of the server, and polling where there is none. Runs in a page or a worker.
// A change is of a case, or of kind "notice": the reader was told something, and the bell has to ask what;
// or of kind "writing": a colleague began or ceased to write an answer.
function liveSource({ stream, poll, after, onChange, onState }) {
  const POLL = 5000; // ms
  const RETRY = 60000; // ms until the stream is tried again after the server refused it
  const KEPT = 500; // ids
  const seen = new Set();
  const first = Number(after) || 0;
  let last = first;
  let source = null;
  let polling = 0;
  let told = 0; // the newest notice that polling has seen

  // Each once, but not only in order: PostgreSQL may show a lower number after a higher one.
  function take(change) {
    if (seen.has(change.id) || change.id <= first) return;
    seen.add(change.id);
    if (seen.size > KEPT) seen.delete(seen.values().next().value);
    last = Math.max(last, change.id);
    onChange(change);
  }

  function listen() {
    source = new EventSource(`${stream}?after=${last}`);
    source.addEventListener("open", () => {
      stopPolling();
      onState("up");
    });
    source.addEventListener("change", (event) => take(JSON.parse(event.data)));
    source.addEventListener("writing", (event) => onChange({ ...JSON.parse(event.data), kind: "writing" }));
    source.addEventListener("notice", () => onChange({ kind: "notice" }));
    source.addEventListener("error", () => {
      onState("down");
      if (source.readyState !== EventSource.CLOSED) return; // it reconnects by itself
      startPolling();
      setTimeout(listen, RETRY);
    });
  }

  function startPolling() {
    if (!polling) polling = setInterval(ask, POLL);
    ask();
  }

  function stopPolling() {
    clearInterval(polling);
    polling = 0;
  }

  async function ask() {
    try {
      const answer = await fetch(`${poll}?after=${last}`, { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.status === 200) hear(await answer.json());
      // The way to the sign-in page: signed out, perhaps in another tab.
      onState(answer.ok ? "up" : answer.type === "opaqueredirect" ? "out" : "down");
    } catch {
      onState("down");
    }
  }

  function hear({ events, notice = 0 }) {
    events.forEach(take);
    if (notice > told) onChange({ kind: "notice" });
    told = Math.max(told, notice);
  }

  if (typeof EventSource === "undefined" || !stream) startPolling();
  else listen();

  return { last: () => last };
}
