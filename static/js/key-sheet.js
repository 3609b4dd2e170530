// The sheet under "?": drawn from what is on the page now, each letter with its Cyrillic cap. And the switch.
(() => {
  const LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM";
  const CAPS = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ";
  const NAMES = { Shift: "⇧", Slash: "/", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", BracketLeft: "[", BracketRight: "]", Period: "." };
  const LONG = { "Shift+Slash": ["?"] };

  function caps(stroke) {
    if (LONG[stroke]) return LONG[stroke];
    const parts = stroke.split("+");
    const letter = parts.at(-1).startsWith("Key") ? parts.at(-1).slice(3) : "";
    const shown = parts.map((part) => (part.startsWith("Key") ? part.slice(3) : NAMES[part] ?? part));
    return letter && parts.length === 1 ? [letter, "/", CAPS[LATIN.indexOf(letter)]] : shown;
  }

  function marks(keys) {
    return keys.flatMap((sequence, place) => [
      ...(place ? [" "] : []),
      ...sequence.split(" ").flatMap((stroke, step, all) => [
        ...(step ? [small(Liniya.text("then"))] : []),
        ...(all.length > 1 ? [caps(stroke)[0]] : caps(stroke)).map((cap) => (cap === "/" && stroke !== "Slash" ? small(cap) : make("kbd", cap))),
      ]),
    ]);
  }

  const make = (name, text, cls = "") => Object.assign(document.createElement(name), { textContent: text, className: cls });
  const small = (text) => make("span", ` ${text} `, "muted tiny");

  function bindings() {
    const seen = new Set();
    const shown = [...document.querySelectorAll("[data-key]")].map((element) => ({
      keys: [element.dataset.key],
      label: element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim(),
      group: element.dataset.keyGroup || Liniya.text("onPage"),
    }));
    const own = Liniya.keys.own.filter((one) => !one.when || one.when());
    return [...own, ...shown].filter(({ keys, label }) => {
      const known = seen.has(keys.join() + label);
      seen.add(keys.join() + label);
      return !known;
    });
  }

  function section(group, rows) {
    const part = document.createElement("section");
    const list = document.createElement("dl");
    rows.forEach(({ label, keys }) => {
      const row = document.createElement("div");
      const shown = document.createElement("dd");
      shown.append(...marks(keys));
      row.append(make("dt", label), shown);
      list.append(row);
    });
    part.append(make("h3", group), list);
    return part;
  }

  const dialog = document.getElementById("keys");

  function draw() {
    const groups = grouped(bindings());
    dialog.querySelector("[data-key-sheet]").replaceChildren(...[...groups].map(([group, rows]) => section(group, rows)));
    dialog.querySelector("[data-keys-switch]").checked = document.documentElement.dataset.keys !== "off";
  }

  function grouped(rows) {
    const groups = new Map();
    rows.forEach((row) => groups.set(row.group, [...(groups.get(row.group) ?? []), row]));
    return groups;
  }

  Liniya.bindings = bindings;
  if (!dialog) return;
  dialog.addEventListener("opened", draw);
  Liniya.keys.add({
    keys: ["Shift+Slash"], label: Liniya.text("sheet"), group: Liniya.text("everywhere"),
    run: () => { draw(); dialog.showModal(); },
  });

  if (Liniya.store.get("keys") === "off") document.documentElement.dataset.keys = "off";
  dialog.querySelector("[data-keys-switch]").addEventListener("change", ({ target }) => {
    if (target.checked) delete document.documentElement.dataset.keys;
    else document.documentElement.dataset.keys = "off";
    Liniya.store.set("keys", target.checked ? "on" : "off");
  });
})();
