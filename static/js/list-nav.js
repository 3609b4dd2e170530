// A list walked by keys: <ul data-list> of rows <li data-row> with one main link a[data-row-link] and maybe a box.
(() => {
  const group = Liniya.text("list");
  const list = () => document.querySelector("[data-list]");
  const links = () => [...(list()?.querySelectorAll("a[data-row-link]") ?? [])];
  const row = (link) => link.closest("[data-row]");

  // Where the walk stands: the focused row, else the open one.
  function place() {
    const all = links();
    const focused = all.findIndex((link) => row(link)?.contains(document.activeElement));
    return focused >= 0 ? focused : all.findIndex((link) => link.hasAttribute("aria-current"));
  }

  function go(step, open = false) {
    const all = links();
    const at = place();
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!next) return;
    rove(next);
    next.focus();
    row(next)?.scrollIntoView({ block: "nearest" });
    if (open) next.click();
  }

  // One stop of Tab for the whole list.
  function rove(current) {
    links().forEach((link) => (link.tabIndex = link === current ? 0 : -1));
  }

  let last = null;
  function pick(range) {
    const link = links()[place()];
    const box = link && row(link).querySelector("input[type=checkbox]");
    if (!box) return;
    if (range && last?.isConnected) return pickRange(last, box);
    box.click();
    last = box;
  }

  function pickRange(from, to) {
    const boxes = [...list().querySelectorAll("input[type=checkbox]")];
    const [start, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
    boxes.slice(start, end + 1).forEach((box) => box.checked || box.click());
    last = to;
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-row] input[type=checkbox]");
    if (!box || !event.isTrusted) return;
    if (event.shiftKey && last?.isConnected && last !== box) pickRange(last, box);
    last = box;
  });

  const when = () => links().length > 0;
  const add = (keys, label, run, repeats = false) => Liniya.keys.add({ keys, label: Liniya.text(label), group, run, when, repeats });
  add(["KeyJ", "ArrowDown"], "next", () => go(1), true);
  add(["KeyK", "ArrowUp"], "previous", () => go(-1), true);
  add(["KeyO", "Enter"], "open", () => links()[place()]?.click());
  add(["Shift+KeyJ"], "openNext", () => go(1, true));
  add(["Shift+KeyK"], "openPrevious", () => go(-1, true));
  add(["KeyX"], "pick", () => pick(false));
  add(["Shift+KeyX"], "pickRange", () => pick(true));

  Liniya.each("[data-list]", () => rove(links()[Math.max(place(), 0)]));
})();
