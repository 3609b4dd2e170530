// The trigger editor: after a button the focus is at its row, Ctrl+Z takes the last change of rows back, long lists can be sifted.
(() => {
  const form = () => document.getElementById("trigger");
  const redraws = (element) => element?.closest?.("[hx-post$='/draw'][hx-target='#parts']");
  const undone = []; // what the form held before each redraw, the latest last
  let now = null; // what it held when the person last finished with a field that redraws nothing
  let going = false;

  const held = () => new FormData(form());
  const note = () => { if (form()) now = held(); };

  document.addEventListener("input", ({ target }) => { if (form()?.contains(target) && !redraws(target)) note(); });
  document.addEventListener("focusin", ({ target }) => { if (form()?.contains(target) && !now) note(); });

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (going || detail.requestConfig?.target?.id !== "parts" || !form()) return;
    undone.push({ before: detail.elt.matches("button") ? held() : now ?? held(), said: detail.elt.value?.startsWith("remove:") });
    if (undone.length > 50) undone.shift();
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const parts = document.getElementById("parts");
    if (!parts || detail.target?.id !== "parts") return;
    note();
    ["findings", "redrawn"].forEach((name) => document.body.dispatchEvent(new Event(name)));
    const last = undone.at(-1);
    if (!going && last?.said) {
      last.said = false;
      Liniya.toast(Liniya.text("removed"), { label: Liniya.text("undo"), action: undo });
    }
    if (!going && parts.dataset.at) focusOn(parts.dataset.at, detail.requestConfig?.elt);
    going = false;
  });

  // The same button where it still stands, else the first field of the row.
  function focusOn(path, pressed) {
    const row = document.getElementById(path);
    const verb = /^(up|down):/.exec(pressed?.value ?? "")?.[1];
    const own = verb && row?.querySelector(`button[value="${verb}:${path}"]:not([disabled])`);
    const field = row?.querySelector("select:not([disabled]), input:not([type=hidden]):not([disabled]), button:not([disabled])");
    (own ?? field)?.focus();
  }

  function undo() {
    const last = undone.pop();
    if (!last || !form()) return;
    going = true;
    last.before.delete("do");
    htmx.ajax("POST", "/admin/triggers/draw", { target: "#parts", swap: "outerHTML", source: "#parts", values: last.before });
  }

  // In a text the browser takes back letters; anywhere else Ctrl+Z takes back rows.
  const TEXT = "textarea, input:not([type=checkbox]):not([type=radio])";
  Liniya.keys.add({
    keys: ["Ctrl+KeyZ"],
    label: Liniya.text("undo"),
    group: Liniya.text("onPage"),
    when: () => undone.length > 0 && form() && !document.activeElement?.matches(TEXT),
    run: undo,
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-sift]")) return;
    const wanted = target.value.trim().toLowerCase();
    target.parentElement.querySelectorAll("label.check").forEach((label) => {
      label.hidden = !label.textContent.toLowerCase().includes(wanted);
    });
  });
})();
