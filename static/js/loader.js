// Fetches htmx from the CDN; when that fails or hangs, our own copy of it. Then what needs htmx, in order.
// A CDN that failed is not asked again for ten minutes in this browser: only the first page waits for it.
(() => {
  const PATIENCE = 2000; // ms
  const REST = 600_000; // ms
  const MEMORY = "liniya.cdn-failed";
  const { cdn, integrity, local, then } = document.currentScript.dataset;
  let remote = null;
  let timer = 0;
  let settled = false;
  let parsed = false;

  function add(src, more = {}) {
    const script = Object.assign(document.createElement("script"), { src, async: false, ...more });
    document.head.append(script);
    return script;
  }

  // htmx starts at DOMContentLoaded; when it came later than that, it has to be told.
  function goOn() {
    clearTimeout(timer);
    settled = true;
    const missed = parsed && document.readyState !== "complete";
    const scripts = then.split(" ").map((src) => add(src));
    if (missed) scripts.at(-1).onload = () => document.dispatchEvent(new Event("DOMContentLoaded"));
  }

  function useLocal() {
    if (settled) return;
    settled = true;
    // A script of another document is never run: a late answer of the CDN does no harm.
    if (remote) document.implementation.createHTMLDocument("").adoptNode(remote);
    add(local, { onload: goOn });
  }

  function giveUp() {
    if (!settled) remember(Date.now());
    useLocal();
  }

  function remember(moment) {
    try {
      localStorage.setItem(MEMORY, moment);
    } catch {
      // a browser that keeps nothing asks the CDN each time
    }
  }

  function isResting() {
    try {
      const since = Date.now() - Number(localStorage.getItem(MEMORY) ?? -REST);
      return since >= 0 && since < REST;
    } catch {
      return false;
    }
  }

  document.addEventListener("DOMContentLoaded", () => (parsed = true), { once: true });
  if (isResting()) {
    useLocal();
    return;
  }
  // async: a script that hangs must not stand in the queue before the local one
  remote = add(cdn, { async: true, integrity, crossOrigin: "anonymous", onload: goOn, onerror: giveUp });
  timer = setTimeout(giveUp, PATIENCE);
})();
