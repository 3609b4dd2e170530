// Shortcuts by the physical key, so that any keyboard layout works. Whatever has data-key="KeyR" is bound to it;
// "Shift+KeyE", "Ctrl+Enter" (Cmd on a Mac) and sequences "KeyG KeyI" are understood.
(() => {
  const WAIT = 1200; // ms between the keys of a sequence
  const own = []; // bindings without an element: { keys, label, group, run, when }
  let before = "";
  let timer = 0;

  const NAMED = ["Enter", "Escape", "ArrowUp", "ArrowDown"];
  const TEXT = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=""], [contenteditable="true"]';

  function pressed(event) {
    if (event.key === "?") return "Shift+Slash";
    const modifiers = [(event.ctrlKey || event.metaKey) && "Ctrl+", event.altKey && "Alt+", event.shiftKey && "Shift+"];
    return modifiers.filter(Boolean).join("") + (NAMED.includes(event.key) ? event.key : event.code);
  }

  const isOff = () => document.documentElement.dataset.keys === "off";
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  const isSeen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  // A field of a dialog that has just closed keeps the focus for a moment.
  const isWriting = (element) => element.matches?.(TEXT) && isSeen(element);

  function mayAct(event, stroke) {
    if (event.defaultPrevented || isComposing(event) || event.getModifierState?.("AltGraph")) return false;
    if (document.querySelector("dialog[open]")) return false;
    if (stroke.startsWith("Ctrl+") || stroke === "Alt+Enter") return true; // neither writes anything
    if (isWriting(event.target)) return false;
    if (NAMED.includes(event.key) && event.target.closest?.("a, button, summary, [role=tab], .menu")) return event.key.startsWith("Arrow") && !event.target.closest("[role=tab], .menu");
    return !isOff();
  }


  // The same key in several places: the form that the person is in, else the first that can be seen.
  function elementFor(keys, target) {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)];
    const form = target.closest?.("form");
    return all.find((one) => form?.contains(one)) ?? all.find((one) => isSeen(one) || one.closest("[role=tablist]"));
  }

  function act(element) {
    if (element.matches(TEXT)) element.focus();
    else element.click();
  }

  function runs(keys, event) {
    const binding = own.find((one) => one.keys.includes(keys) && (!one.when || one.when()));
    const element = binding ? null : elementFor(keys, event.target);
    if (!binding && !element) return false;
    if (event.repeat && !binding?.repeats) return true;
    event.preventDefault();
    if (binding) binding.run(event);
    else act(element);
    return true;
  }

  const startsSequence = (stroke) =>
    document.querySelector(`[data-key^="${CSS.escape(stroke)} "]`) || own.some((one) => one.keys.some((keys) => keys.startsWith(`${stroke} `)));

  document.addEventListener("keydown", (event) => {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const stroke = pressed(event);
    if (event.key === "Escape" && event.target.matches?.(TEXT) && !event.target.closest("dialog")) {
      event.target.blur();
      return;
    }
    if (!mayAct(event, stroke)) return;
    clearTimeout(timer);
    const sequence = before && `${before} ${stroke}`;
    before = "";
    if ((sequence && runs(sequence, event)) || runs(stroke, event)) return;
    if (!startsSequence(stroke)) return;
    before = stroke;
    timer = setTimeout(() => (before = ""), WAIT);
  });

  Liniya.keys = { add: (binding) => own.push(binding), own };
})();
