// Short messages at the foot of the page. They leave by themselves, but not from under the pointer or the focus.
(() => {
  const STAY = 6000; // ms

  function show(text, { kind = "message", action, label } = {}) {
    const region = document.getElementById("toasts");
    if (!region) return null;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = kind;
    if (kind === "error") toast.setAttribute("role", "alert");
    const words = document.createElement("span");
    words.className = "toast-text";
    words.textContent = text;
    toast.append(words);
    if (action) toast.append(button(label, () => { toast.remove(); action(); }));
    else if (kind === "error") toast.append(button(Liniya.text("close"), () => toast.remove()));
    region.append(toast);
    leaveLater(toast);
    return toast;
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-s";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function leaveLater(toast) {
    if (toast.dataset.toast === "error" || toast.dataset.leaving) return;
    toast.dataset.leaving = "yes";
    const stays = () => toast.matches(":hover, :focus-within");
    const leave = () => (stays() ? setTimeout(leave, STAY / 3) : toast.remove());
    setTimeout(leave, Number(toast.dataset.stay) || STAY);
  }

  Liniya.toast = show;
  Liniya.each("[data-toast]", leaveLater);
  // An answer with the header HX-Trigger: {"toast": {"text": "...", "kind": "message"}}
  document.addEventListener("toast", ({ detail }) => show(detail.text ?? detail.value, detail));
})();
