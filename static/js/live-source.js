// One source of changes: the event stream of the server, and polling where there is none. Runs in a page or a worker.
function liveSource({ stream, poll, after, onChange, onState }) {
  const POLL = 5000; // ms
  const RETRY = 60000; // ms until the stream is tried again after the server refused it
  let last = Number(after) || 0;
  let source = null;
  let polling = 0;

  function take(change) {
    if (change.id <= last) return;
    last = change.id;
    onChange(change);
  }

  function listen() {
    source = new EventSource(`${stream}?after=${last}`);
    source.addEventListener("open", () => {
      stopPolling();
      onState("up");
    });
    source.addEventListener("change", (event) => take(JSON.parse(event.data)));
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
      if (answer.status === 200) (await answer.json()).events.forEach(take);
      onState(answer.ok ? "up" : "down");
    } catch {
      onState("down");
    }
  }

  if (typeof EventSource === "undefined" || !stream) startPolling();
  else listen();

  return { last: () => last };
}
