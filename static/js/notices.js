// Notices beside the bell: what the reader looks at is read; a hidden tab shows the new ones on the desktop.
(() => {
  if (!document.body.dataset.livePoll) return;
  const OTHERS = 600; // ms in which a tab that is looked at takes what is new, so that hidden ones keep still
  const KEPT = 100; // ids of what was shown, shared by the tabs of this browser
  let timer = 0;

  const bells = () => document.querySelectorAll("[data-live-notices]");
  const ring = () => bells().forEach((one) => window.htmx?.trigger(one, "live"));
  const openCase = () => document.querySelector("#thread[data-live-case]")?.dataset.liveCase;

  async function post(url, values) {
    const body = new URLSearchParams(values);
    return fetch(url, { method: "POST", body, headers: Liniya.signed() });
  }

  // The open ticket is before somebody's eyes: nothing about it is left to be told.
  let looking = "";
  async function look() {
    const number = openCase();
    if (document.hidden || !number || looking || !document.querySelector(".bell-n")) return;
    looking = number;
    try {
      const answer = await post("/agent/notices/seen", { case: number });
      if (answer.ok && (await answer.json()).seen) ring();
    } catch {
      // no connection: the next look tries again
    } finally {
      looking = "";
    }
  }

  // --- desktop ---
  const state = () => {
    if (!window.isSecureContext) return "insecure";
    if (!("Notification" in window)) return "none";
    if (Notification.permission === "denied") return "denied";
    if (Notification.permission !== "granted") return "ask";
    return Liniya.store.get("desktop") === "off" ? "off" : "on";
  };

  function show({ id, title, body, url }) {
    try {
      const shown = new Notification(title, { body, tag: `liniya-${id}` });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
        if (url) location.assign(url);
      });
    } catch {
      // phones show them from a service worker only
    }
  }

  async function ask() {
    clearTimeout(timer);
    if (state() !== "on") return;
    if (document.hidden) await new Promise((done) => setTimeout(done, OTHERS));
    const after = Liniya.store.get("desktopAfter") ?? "";
    let told;
    try {
      const answer = await fetch(`/agent/notices/desktop?after=${encodeURIComponent(after)}`, { redirect: "manual" });
      if (!answer.ok) return;
      told = await answer.json();
    } catch {
      return; // the next notice asks again, from the same place
    }
    const seen = Liniya.store.get("desktopShown") ?? [];
    const fresh = told.notices.filter(({ id }) => !seen.includes(id));
    Liniya.store.set("desktopShown", [...fresh.map(({ id }) => id), ...seen].slice(0, KEPT));
    Liniya.store.set("desktopAfter", told.now);
    if (document.hidden) fresh.reverse().forEach(show);
    if (told.wait_ms !== null) timer = setTimeout(ask, Math.min(told.wait_ms + 500, 3600000));
  }

  // --- the button of the settings page: the browser is asked by a press of it and never else ---
  function draw(panel) {
    const now = state();
    panel.querySelectorAll("[data-desktop-when]").forEach((part) => {
      part.hidden = !part.dataset.desktopWhen.split(" ").includes(now);
    });
    panel.dataset.desktop = now;
  }

  const acts = {
    async on() {
      Liniya.store.set("desktop", "on");
      if (Notification.permission === "default") await Notification.requestPermission();
      ask();
    },
    off: () => Liniya.store.set("desktop", "off"),
    try: () => show({ id: "try", title: document.title, body: Liniya.text("desktopTry") }),
  };

  const known = new WeakSet();
  Liniya.each("[data-desktop]", (panel) => {
    draw(panel);
    if (known.has(panel)) return;
    known.add(panel);
    panel.addEventListener("click", async ({ target }) => {
      const button = target.closest("[data-desktop-do]");
      if (!button) return;
      await acts[button.dataset.desktopDo]();
      draw(panel);
    });
  });

  document.addEventListener("liniya:notice", () => {
    look();
    ask();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    ring();
    look();
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => target.matches?.("#ticket, [data-live-notices]") && look());
  look();
  ask();
})();
