// Rows of a list are dragged by their grip; where one is dropped is saved at once by the server. Without a mouse: order-keys.js.
(() => {
  let dragged = null;
  const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-order-row]")];
  const unmark = (list) => rowsOf(list).forEach((row) => row.classList.remove("drop-before", "drop-after", "dragged"));

  // A row can be dragged only while its grip is held, so that its words can still be selected.
  document.addEventListener("pointerdown", ({ target }) => {
    const row = target.closest?.("[data-grip]")?.closest("[data-order-row]");
    if (row) row.draggable = true;
  });

  document.addEventListener("pointerup", () => {
    document.querySelectorAll('[data-order-row][draggable="true"]').forEach((row) => (row.draggable = false));
  });

  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.('[data-order-row][draggable="true"]');
    if (!row) return;
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.id);
    row.classList.add("dragged");
  });

  function place(event) {
    const row = event.target.closest?.("[data-order-row]");
    if (!dragged || !row || row.parentElement !== dragged.parentElement) return null;
    const { top, height } = row.getBoundingClientRect();
    return { row, after: event.clientY > top + height / 2 };
  }

  document.addEventListener("dragover", (event) => {
    const at = place(event);
    if (!at) return;
    event.preventDefault();
    rowsOf(at.row.parentElement).forEach((row) => row.classList.remove("drop-before", "drop-after"));
    if (at.row !== dragged) at.row.classList.add(at.after ? "drop-after" : "drop-before");
  });

  document.addEventListener("drop", (event) => {
    const at = place(event);
    if (!at) return;
    event.preventDefault();
    const before = Number(dragged.dataset.number);
    const to = Number(at.row.dataset.number) + (at.after ? 1 : 0);
    const number = to > before ? to - 1 : to; // it leaves its own place first
    if (number !== before) send(dragged, number);
  });

  function send(row, number) {
    const form = row.querySelector("form.rule-move");
    const values = Object.fromEntries(new FormData(form));
    const target = row.closest("[data-order]").dataset.order;
    htmx.ajax("POST", form.getAttribute("action"), { target, swap: "morph:outerHTML", values: { ...values, to: number } });
  }

  // The row stands at its new place at once, while the server saves it and looks at the triggers anew; if it does not, back again.
  const formOf = (path) => document.querySelector(`[data-order-row] form.rule-move[action="${CSS.escape(path)}"]`);
  let waiting = null;
  let later = []; // moves asked for meanwhile: each is sent when the one before it is saved

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("form.rule-move button");
      if (!button || !waiting) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      later.push({ row: button.closest("[data-order-row]").id, to: button.value });
    },
    true,
  );

  const buttonOf = (row, which = "") => document.getElementById(row)?.querySelector(`form.rule-move button${which}:not([disabled])`);

  // A button that has just become one of the first or the last row can't hold the focus: the other one of its row takes it.
  function goOn(moved) {
    const active = document.activeElement;
    if (!active || active === document.body || active.disabled) buttonOf(moved)?.focus();
    const { row, to } = later.shift() ?? {};
    const button = row && buttonOf(row, `[value="${CSS.escape(to)}"]`);
    if (!button) return;
    button.focus();
    button.click();
  }

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const { path, formData } = detail.requestConfig;
    const row = formOf(path)?.closest("[data-order-row]");
    const to = row && formData?.get("to");
    if (!to) return;
    const list = row.parentElement;
    const rows = rowsOf(list);
    const at = rows.indexOf(row);
    const wanted = { up: at - 1, down: at + 1 }[to] ?? Number(to) - 1;
    if (!rows[wanted] || wanted === at) return;
    waiting = { path, list, rows, moved: row.id };
    const held = row.contains(document.activeElement) && document.activeElement;
    if (wanted > at) rows[wanted].after(row);
    else rows[wanted].before(row);
    if (held) held.focus();
    list.setAttribute("aria-busy", "true");
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (waiting?.path !== detail.requestConfig.path) return;
    if (!detail.successful) {
      waiting.list.append(...waiting.rows);
      later = [];
    }
    waiting.list.removeAttribute("aria-busy");
    setTimeout(goOn, 0, waiting.moved); // when the new rows are there
    waiting = null;
  });

  // The last move is taken back; in a text Ctrl+Z belongs to the browser.
  const undo = () => document.getElementById("undo-move");
  Liniya.keys.add({
    keys: ["Ctrl+KeyZ"],
    label: Liniya.text("undo"),
    group: Liniya.text("onPage"),
    when: () => undo() && !document.activeElement?.matches("textarea, input:not([type=checkbox]):not([type=radio])"),
    run: () => undo().click(),
  });

  document.addEventListener("dragend", () => {
    if (dragged) {
      dragged.draggable = false;
      unmark(dragged.parentElement);
    }
    dragged = null;
  });
})();
