// While one types in a text: @ names colleagues (in a note), # articles. Arrows pick, Enter or Tab takes, Escape closes;
// Shift+Enter takes the text of an article instead of the link to it.
(() => {
  const SIGNS = [
    { begun: /(?:^|[\s(])@([^\s@][^@\n]{0,40})?$/u, on: "mentions", url: () => "/agent/colleagues?q=", keeps: 1 },
    { begun: /(?:^|[\s(])#((?!\d+$)[^\s#][^#\n]{0,60})?$/u, on: "articles", url: (area) => `${area.dataset.articlesUrl}&q=`, keeps: 0 },
  ];
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
      box.hidden = true;
      box.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
      box.addEventListener("click", ({ target }) => take(area, target.closest("[role=option]")));
      area.after(box);
      lists.set(area, box);
    }
    return box;
  }

  // What is being named: its sign, the words after it, where the sign stands.
  function begun(area) {
    if (area.selectionStart !== area.selectionEnd) return null;
    const before = area.value.slice(0, area.selectionStart);
    for (const sign of SIGNS) {
      const found = sign.on in area.dataset && sign.begun.exec(before);
      if (found) return { sign, query: found[1] ?? "", start: before.length - (found[1] ?? "").length - 1 };
    }
    return null;
  }

  async function offer(area) {
    const at = begun(area);
    const found = at ? await names(at.sign.url(area), at.query) : [];
    if (begun(area)?.query !== at?.query || document.activeElement !== area) return;
    const box = list(area);
    box.setAttribute("aria-label", at ? area.dataset[at.sign.on] : "");
    box.replaceChildren(...found.map(option));
    box.hidden = !found.length;
    if (found.length) {
      area.setAttribute("aria-controls", box.id);
      pick(area, box.firstElementChild);
    } else close(area);
  }

  async function names(url, query) {
    try {
      const answer = await fetch(url + encodeURIComponent(query), { redirect: "manual" });
      return answer.ok ? await answer.json() : [];
    } catch {
      return [];
    }
  }

  function option({ name, title, insert, text }, place) {
    const made = document.createElement("li");
    made.className = "menu-item";
    made.id = `mention-${place}`;
    made.setAttribute("role", "option");
    made.dataset.insert = insert ?? name;
    if (text) made.dataset.text = text;
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

  function take(area, chosen, whole = false) {
    const at = begun(area);
    if (!chosen || !at) return;
    const { insert, text } = chosen.dataset;
    area.setRangeText(whole && text ? text : `${insert} `, at.start + at.sign.keeps, area.selectionStart, "end");
    close(area);
    area.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept
  }

  // A button beside the ticket puts its link where one writes.
  document.addEventListener("click", ({ target }) => {
    const { insertText } = target.closest?.("[data-insert-text]")?.dataset ?? {};
    const area = insertText && [...document.querySelectorAll("#composer textarea")].find((each) => each.offsetParent);
    if (!area) return;
    const gap = area.value && !/\s$/.test(area.value.slice(0, area.selectionStart)) ? " " : "";
    area.setRangeText(`${gap}${insertText} `, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  function key(area, event) {
    const box = lists.get(area);
    if (!box?.isConnected || box.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = box.querySelector("[aria-selected=true]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) pick(area, chosen?.[step] ?? (step[0] === "n" ? box.firstElementChild : box.lastElementChild));
    else if (event.key === "Enter" || event.key === "Tab") take(area, chosen, event.shiftKey && event.key === "Enter");
    else if (event.key === "Escape") close(area);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  Liniya.each("textarea[data-mentions], textarea[data-articles]", (area) => {
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
