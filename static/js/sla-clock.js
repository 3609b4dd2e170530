// Time limits that stay true while the page is open: the text follows from deadline, working time and now alone.
(() => {
  const TICK = 15000; // ms
  const SIGNS = { ok: "clock", soon: "alarm-clock", late: "triangle-alert" };
  const MINUTE = 60, HOUR = 3600, DAY = 86400; // seconds

  // A clock of the computer that is wrong by more than an answer takes: the server's counts.
  const served = Number(document.body.dataset.now || 0);
  const wrong = served ? served - Date.now() / 1000 : 0;
  const skew = Math.abs(wrong) > 5 ? wrong : 0;

  const windowsOf = (text) => (text ? text.split(" ").map((pair) => pair.split("-").map(Number)) : []);

  // Working seconds between two instants; without windows every second works.
  function worked(from, to, windows) {
    if (!windows.length) return to - from;
    return windows.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
  }

  function left(deadline, now, windows) {
    return now <= deadline ? worked(now, deadline, windows) : -worked(deadline, now, windows);
  }

  // Working time has no days: none of them has a fixed length. What is left is rounded up.
  function words(seconds, day) {
    if (seconds <= 0 && seconds > -MINUTE) return (seconds < 0 ? "−" : "") + Liniya.text("moment").replaceAll(" ", "\u00a0");
    const whole = seconds > 0 ? Math.ceil(seconds / MINUTE) * MINUTE : Math.trunc(-seconds);
    const parts = [["days", Math.floor(whole / day)], ["hours", Math.floor((whole % day) / HOUR)], ["minutes", Math.floor((whole % HOUR) / MINUTE)]];
    const first = Math.max(0, parts.findIndex(([, n]) => n) < 0 ? 2 : parts.findIndex(([, n]) => n));
    const said = parts.slice(first, first + 2).filter(([, n], place) => n || place === 0);
    return (seconds <= -MINUTE ? "−" : "") + said.map(([unit, n]) => Liniya.text(unit, { n }).replace(" ", "\u00a0")).join(" ");
  }

  function draw(badge, now = Date.now() / 1000 + skew) {
    const { deadline, near, windows, state } = badge.dataset;
    if (state === "pause") return;
    const seconds = left(Number(deadline), now, windowsOf(windows));
    const next = now >= Number(deadline) ? "late" : near && now >= Number(near) ? "soon" : "ok";
    const place = badge.querySelector("[data-left]");
    const text = words(seconds, windows ? Infinity : DAY);
    if (place.textContent !== text) place.textContent = text;
    if (next === state) return;
    badge.classList.remove(`sla-${state}`);
    if (next !== "ok") badge.classList.add(`sla-${next}`);
    badge.dataset.state = next;
    badge.querySelector(".vh").textContent = JSON.parse(badge.dataset.words)[next];
    const use = badge.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${SIGNS[next]}`));
  }

  const drawAll = () => document.querySelectorAll("[data-deadline]").forEach((badge) => draw(badge));
  setInterval(drawAll, TICK);
  document.addEventListener("visibilitychange", () => document.hidden || drawAll());
  Liniya.each("[data-deadline]", (badge) => draw(badge));
})();
