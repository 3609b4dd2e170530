// The trigger editor: each settled change can be taken back and done again, however rows were moved meanwhile.
// A state is all that the form holds; the server draws the rows of one, the rest is filled in here.
(() => {
  const MOST = 100;
  const KEPT = "liniya.rule-history";
  const BESIDE = ["csrf_token", "form_key", "base", "redraw", "do", "typed", "shown"];
  const TEXT = "textarea, input:not([type=checkbox], [type=radio])";
  const form = () => document.getElementById("trigger");
  const redraws = (element) => element.closest("[hx-post$='/draw'][hx-target='#parts']");
  const states = []; // { fields, from: id of what was changed }
  let at = -1;
  let going = null; // the state that is being drawn: { was: the one before, from: what was changed }
  let pressed = null; // what asked for rows to be drawn anew
  let offered = null; // the toast after a removal

  function held() {
    const beside = new Set(BESIDE);
    form().querySelectorAll("[data-tried] [name]").forEach(({ name }) => beside.add(name));
    return [...new FormData(form())].filter(([name]) => !beside.has(name));
  }
  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function note(from = "") {
    const fields = held();
    if (at >= 0 && isSame(fields, states[at].fields)) return;
    states.splice(at + 1);
    states.push({ fields, from });
    if (states.length > MOST) states.shift();
    at = states.length - 1;
    show();
  }

  function show() {
    for (const [name, is] of [["undo", at > 0], ["redo", at < states.length - 1]]) {
      const button = document.querySelector(`[data-history="${name}"]`);
      if (button) button.disabled = !is;
    }
  }

  function fillBeside(fields) {
    for (const field of form().elements) {
      if (!field.name || field.type === "hidden" || BESIDE.includes(field.name) || field.closest("#parts, [data-tried]")) continue;
      const mine = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
      else if (mine.length) [field.value] = mine;
    }
  }

  function go(to) {
    if (going || to < 0 || to >= states.length || !form()) return;
    const values = new FormData();
    for (const [name, value] of states[to].fields) values.append(name, value);
    for (const name of ["csrf_token", "form_key", "rule", "base", "template"]) {
      if (form().elements[name] && !values.has(name)) values.append(name, form().elements[name].value);
    }
    going = { was: at, from: states[Math.max(at, to)].from };
    at = to;
    pressed = null;
    offered?.remove();
    fillBeside(states[to].fields);
    // From the body, or htmx would send what the form holds now along with it.
    htmx.ajax("POST", "/admin/triggers/draw", { target: "#parts", swap: "outerHTML", source: "body", values });
  }

  // The server may have numbered rows anew: what is drawn now is that state.
  function arrived() {
    states[at].fields = held();
    const place = document.getElementById(going.from);
    if (document.activeElement === document.body && !place?.matches(TEXT)) place?.focus(); // or the keys would be the text's
    going = null;
    show();
  }

  // Nothing came, or what came is no piece of the page.
  function notDrawn({ target }) {
    if (!going || target?.id !== "parts") return;
    fillBeside(states[going.was].fields);
    at = going.was;
    going = null;
    show();
  }
  document.addEventListener("htmx:beforeSwap", ({ detail }) => detail.shouldSwap || notDrawn(detail));
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful || notDrawn(detail));

  document.addEventListener("change", ({ target }) => {
    if (form()?.contains(target) && !redraws(target) && !target.closest("[data-tried]")) note(target.id);
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (going || detail.requestConfig?.target?.id !== "parts" || !form()) return;
    if (detail.elt.matches("button")) note(detail.elt.id); // what was typed last, when no change told it
    pressed = detail.elt;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id !== "parts" || !form()) return;
    if (going) arrived();
    if (!pressed) return; // it is told of each piece
    note(pressed.id);
    if (pressed.value?.startsWith("remove:")) offer(states[at - 1]);
    pressed = null;
  });

  function offer(before) {
    offered?.remove();
    offered = Liniya.toast(Liniya.text("removed"), { label: Liniya.text("undo"), action: () => go(states.indexOf(before)) });
  }

  // In a text the browser takes back letters; anywhere else these keys take back changes of the trigger.
  const outside = () => form() && !document.activeElement?.matches(TEXT);
  const key = (keys, name, step, is) =>
    Liniya.keys.add({ keys, label: Liniya.text(name), group: Liniya.text("onPage"), when: () => outside() && is(), run: () => go(at + step) });
  key(["Ctrl+KeyZ"], "undo", -1, () => at > 0);
  key(["Ctrl+Shift+KeyZ", "Ctrl+KeyY"], "redo", 1, () => at < states.length - 1);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-history]");
    if (button) go(at + (button.dataset.history === "undo" ? -1 : 1));
  });

  // A refused save draws the whole page anew: it is handed all that can be taken back.
  function handOver() {
    if (!going) note(document.activeElement.id);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ states, at, of: form().getAttribute("action") }));
    } catch {
      // full or forbidden: the page begins without
    }
  }

  function takeOver() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
      if (!kept || !form().dataset.unsaved || kept.of !== form().getAttribute("action")) return;
      states.push(...kept.states);
      at = kept.at;
      states[at].fields = held(); // rows may have been numbered anew
    } catch {
      // forbidden
    }
  }

  document.addEventListener("submit", ({ target }) => target === form() && handOver());
  Liniya.each("#trigger", () => {
    takeOver();
    note();
    show();
  });
})();
