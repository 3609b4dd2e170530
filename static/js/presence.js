// Tells the server that somebody is at their desk: how long nobody touched a page, and when it closes.
(() => {
  const { presence: address, presenceNow: drawn } = document.body.dataset;
  if (!address) return;
  const BEAT = 30000; // ms
  const PAUSE = 60000; // ms without a touch after which the next one is told at once
  let touched = Date.now();
  let now = drawn;

  async function tell() {
    const idle = Math.round((Date.now() - touched) / 1000);
    try {
      const answer = await fetch(address, { method: "POST", headers: Liniya.signed(), body: new URLSearchParams({ idle }), redirect: "manual", keepalive: true });
      if (!answer.ok) return;
      const told = await answer.text();
      if (told === now) return;
      now = told;
      htmx.ajax("GET", location.href, { target: ".me", select: ".me", swap: "outerHTML" });
    } catch { /* the connection is lost: live.js says so */ }
  }

  function touch() {
    const paused = Date.now() - touched > PAUSE;
    touched = Date.now();
    if (paused) tell();
  }

  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"].forEach((kind) => document.addEventListener(kind, touch, { capture: true, passive: true }));
  window.addEventListener("pagehide", () => {
    const form = new URLSearchParams({ csrf_token: Liniya.signed()["X-CSRFToken"] });
    navigator.sendBeacon(`${address.replace("here", "gone")}`, form);
  });
  window.addEventListener("pageshow", tell);
  setInterval(tell, BEAT);
})();
