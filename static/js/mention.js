// @ in a note: names of colleagues while one types. Arrows pick, Enter or Tab takes, Escape closes.
(() => {
  const BEGUN = /(?:^|[\s(])@([^\s@][^@\n]{0,40})?$/u;
  const PAUSE = 120; // ms
  const lists = new WeakMap();
  const known = new WeakSet();

  function list(area) {
    let box = lists.get(area);
    if (!box?.isConnected) {
      box = document.createElement("ul");
      box.className = "menu mention-list";
      box.id = `${area.id}-names`;
      box.setAttribute("role", "listbox");
      box.setAttribute("aria-label", area.dataset.mentions);
      box.hidden = true;
      box.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
      box.addEventListener("click", ({ target }) => take(area, target.closest("[role=option]")));
      area.after(box);
      lists.set(area, box);
    }
    return box;
  }

  const begun = (area) => (area.selectionStart === area.selectionEnd
    ? BEGUN.exec(area.value.slice(0, area.selectionStart)) : null);

  async function offer(area) {
    const query = begun(area)?.[1] ?? "";
    const found = begun(area) ? await names(query) : [];
    if ((begun(area)?.[1] ?? "") !== query || document.activeElement !== area) return;
    const box = list(area);
    box.replaceChildren(...found.map(option));
    box.hidden = !found.length;
    if (found.length) {
      area.setAttribute("aria-controls", box.id);
      pick(area, box.firstElementChild);
    } else close(area);
  }

  async function names(query) {
    try {
      const answer = await fetch(`/agent/colleagues?q=${encodeURIComponent(query)}`, { redirect: "manual" });
      return answer.ok ? await answer.json() : [];
    } catch {
      return [];
    }
  }

  function option({ name, title }, place) {
    const made = document.createElement("li");
    made.className = "menu-item";
    made.id = `mention-${place}`;
    made.setAttribute("role", "option");
    made.dataset.name = name;
    const words = document.createElement("span");
    words.textContent = name;
    made.append(words);
    if (title) {
      const hint = document.createElement("span");
      hint.className = "small muted push";
      hint.textContent = title;
      made.append(hint);
    }
    return made;
  }

  function pick(area, chosen) {
    list(area).querySelectorAll("[role=option]").forEach((one) => one.setAttribute("aria-selected", String(one === chosen)));
    area.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  function close(area) {
    const box = lists.get(area);
    if (box) box.hidden = true;
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }

  function take(area, chosen) {
    const at = begun(area);
    if (!chosen || !at) return;
    const start = area.selectionStart - (at[1] ?? "").length;
    area.setRangeText(`${chosen.dataset.name} `, start, area.selectionStart, "end");
    close(area);
    area.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept
  }

  function key(area, event) {
    const box = lists.get(area);
    if (!box?.isConnected || box.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = box.querySelector("[aria-selected=true]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) pick(area, chosen?.[step] ?? (step[0] === "n" ? box.firstElementChild : box.lastElementChild));
    else if (event.key === "Enter" || event.key === "Tab") take(area, chosen);
    else if (event.key === "Escape") close(area);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  Liniya.each("textarea[data-mentions]", (area) => {
    if (known.has(area)) return;
    known.add(area);
    let timer = 0;
    area.addEventListener("input", () => {
      clearTimeout(timer);
      if (begun(area)) timer = setTimeout(() => offer(area), PAUSE);
      else close(area);
    });
    area.addEventListener("keydown", (event) => key(area, event));
    area.addEventListener("blur", () => close(area));
  });
})();
