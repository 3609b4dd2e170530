// The year of a calendar: one stop of the Tab key, arrows from day to day, back to the day that was changed.
(() => {
  const days = (year) => [...year.querySelectorAll("[data-day]")];
  const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  function moved(day, key) {
    const at = new Date(`${day}T12:00:00Z`);
    if (key in MOVES) at.setUTCDate(at.getUTCDate() + MOVES[key]);
    else {
      const wanted = at.getUTCDate();
      at.setUTCDate(1);
      at.setUTCMonth(at.getUTCMonth() + (key === "PageUp" ? -1 : 1));
      const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
      at.setUTCDate(Math.min(wanted, last));
    }
    return at.toISOString().slice(0, 10);
  }

  function rove(year, to) {
    for (const each of days(year)) each.tabIndex = each === to ? 0 : -1;
  }

  function begin() {
    const year = document.querySelector("[data-year]");
    if (!year) return;
    const here = days(year);
    const at = here.find((each) => each.dataset.day === year.dataset.at);
    rove(year, at ?? here.find((each) => each.matches(".yd-picked, [aria-current]")) ?? here[0]);
    at?.focus();
    year.querySelector(".day-edit")?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const day = event.target.closest?.("[data-day]");
    if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!(event.key in MOVES) && event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    const year = day.closest("[data-year]");
    const to = year.querySelector(`[data-day="${moved(day.dataset.day, event.key)}"]`);
    if (!to) return;
    rove(year, to);
    to.focus();
  });

  document.addEventListener("keydown", (event) => {
    const near = event.target === document.body || event.target.closest?.("[data-year]");
    if (event.key === "Escape" && near) document.getElementById("day-close")?.click();
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.target?.id === "days") begin(); });
  begin();
})();
