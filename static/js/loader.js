// Fetches htmx from the CDN; when that fails or hangs, our own copy of it. Then what needs htmx, in order.
(() => {
  const PATIENCE = 3000; // ms
  const { cdn, integrity, local, then } = document.currentScript.dataset;
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
    document.implementation.createHTMLDocument("").adoptNode(remote);
    add(local, { onload: goOn });
  }

  document.addEventListener("DOMContentLoaded", () => (parsed = true), { once: true });
  // async: a script that hangs must not stand in the queue before the local one
  const remote = add(cdn, { async: true, integrity, crossOrigin: "anonymous", onload: goOn, onerror: useLocal });
  const timer = setTimeout(useLocal, PATIENCE);
})();
