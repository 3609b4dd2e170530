// The trigger editor: after a button the focus is at its row, Ctrl+Z takes the last change of rows back, long lists can be sifted.
(() => {
  const form = () => document.getElementById("trigger");
  const redraws = (element) => element?.closest?.("[hx-post$='/draw'][hx-target='#parts']");
  const undone = []; // what the form held before each change of rows and their values, the latest last
  let now = null; // what it held when the person last finished with a field that redraws nothing
  let going = null; // what is being taken back

  const held = () => new FormData(form());
  const note = () => { if (form()) now = held(); };
  const keep = (before, from, said) => {
    undone.push({ before, from: from.id, said });
    if (undone.length > 50) undone.shift();
  };

  document.addEventListener("change", ({ target }) => {
    if (!form()?.contains(target) || redraws(target)) return;
    if (target.closest("#parts")) keep(now ?? held(), target);
    note();
  });
  document.addEventListener("focusin", ({ target }) => { if (form()?.contains(target) && !now) note(); });

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (going || detail.requestConfig?.target?.id !== "parts" || !form()) return;
    keep(detail.elt.matches("button") ? held() : now ?? held(), detail.elt, detail.elt.value?.startsWith("remove:"));
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const parts = document.getElementById("parts");
    if (!parts || detail.target?.id !== "parts") return;
    note();
    ["findings", "redrawn"].forEach((name) => document.body.dispatchEvent(new Event(name)));
    const last = undone.at(-1);
    if (!going && last?.said) {
      last.said = false;
      last.toast = Liniya.toast(Liniya.text("removed"), { label: Liniya.text("undo"), action: () => undo(last) });
    }
    if (going) backTo(going.from);
    else if (parts.dataset.at) focusOn(parts.dataset.at, detail.requestConfig?.elt);
    going = null;
  });

  // The same button where it still stands, else the first field of the row.
  function focusOn(path, pressed) {
    const row = document.getElementById(path);
    const verb = /^(up|down):/.exec(pressed?.value ?? "")?.[1];
    const own = verb && row?.querySelector(`button[value="${verb}:${path}"]:not([disabled])`);
    const field = row?.querySelector("select:not([disabled]), input:not([type=hidden]):not([disabled]), button:not([disabled])");
    (own ?? field)?.focus();
  }

  // The row that had the focus may be gone: back to where the change was made.
  function backTo(id) {
    if (document.activeElement === document.body) document.getElementById(id)?.focus();
  }

  // The last change, or an earlier one with all that came after it.
  function undo(which = undone.at(-1)) {
    if (!undone.includes(which) || !form()) return;
    undone.splice(undone.indexOf(which)).forEach(({ toast }) => toast?.remove());
    going = which;
    which.before.delete("do");
    // From the body, or htmx would send what the form holds now along with it.
    htmx.ajax("POST", "/admin/triggers/draw", { target: "#parts", swap: "outerHTML", source: "body", values: which.before });
  }

  // In a text the browser takes back letters; anywhere else Ctrl+Z takes back rows.
  const TEXT = "textarea, input:not([type=checkbox]):not([type=radio])";
  Liniya.keys.add({
    keys: ["Ctrl+KeyZ"],
    label: Liniya.text("undo"),
    group: Liniya.text("onPage"),
    when: () => undone.length > 0 && form() && !document.activeElement?.matches(TEXT),
    run: () => undo(),
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-sift]")) return;
    const wanted = target.value.trim().toLowerCase();
    target.parentElement.querySelectorAll("label.check").forEach((label) => {
      label.hidden = !label.textContent.toLowerCase().includes(wanted);
    });
  });
})();
