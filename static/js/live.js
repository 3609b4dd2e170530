// Live pages: a change of a case makes [data-live-case="<id>"] and every [data-live-list] reload itself.
(() => {
  const { liveStream: stream, livePoll: poll, liveAfter, liveWorker } = document.body.dataset;
  if (!poll) return;
  const TOGETHER = 250; // ms: changes that come together cost one reload
  const HIDDEN = 5000; // ms in a tab that nobody looks at
  const BANNER = 1500; // ms before the loss of the connection is mentioned
  const waiting = new Set();
  let timer = 0;
  let lost = 0;
  let outdated = null;

  const touchedBy = {
    notice: () => "[data-live-notices]",
    writing: (id) => `[data-live-writing="${CSS.escape(id)}"]`,
    clocks_computed: () => "[data-live-case], [data-live-list], [data-live-clocks]",
  };
  const touchedByCase = (id) => `[data-live-case="${CSS.escape(id)}"], [data-live-list]`;

  function onChange({ case: id, kind }) {
    const touched = (touchedBy[kind] ?? touchedByCase)(id);
    if (kind === "notice") document.dispatchEvent(new CustomEvent("liniya:notice"));
    document.querySelectorAll(touched).forEach((one) => waiting.add(one));
    timer ||= setTimeout(reload, document.hidden ? HIDDEN : TOGETHER);
  }

  function reload() {
    timer = 0;
    const due = [...waiting].filter((one) => one.isConnected);
    waiting.clear();
    due.forEach((one) => htmx.trigger(one, "live"));
  }

  function onState(state) {
    const banner = document.getElementById("connection");
    clearTimeout(lost);
    if (!banner) return;
    banner.hidden ||= state !== "down";
    if (state === "down") lost = setTimeout(() => (banner.hidden = false), BANNER);
    if (state === "out" && !Liniya.signedOut()) outdated ??= Liniya.toast(Liniya.text("outdated"), { kind: "error", label: Liniya.text("reload"), action: () => location.reload() });
    else if (state === "up") {
      outdated = outdated?.remove();
      document.dispatchEvent(new CustomEvent("liniya:up"));
    }
  }

  const after = Number(liveAfter) || 0;

  function direct() {
    liveSource({ stream, poll, after, onChange, onState });
  }

  function shared() {
    const worker = new SharedWorker(liveWorker, { name: "liniya" });
    const join = () => worker.port.postMessage({ stream, poll, after });
    worker.addEventListener("error", direct, { once: true });
    worker.port.addEventListener("message", ({ data }) => (data.change ? onChange(data.change) : onState(data.state)));
    worker.port.start();
    join();
    window.addEventListener("pagehide", () => worker.port.postMessage({ leave: true }));
    window.addEventListener("pageshow", ({ persisted }) => persisted && join());
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waiting.size) reload();
  });

  if (typeof SharedWorker === "undefined" || !liveWorker) direct();
  else shared();
})();
