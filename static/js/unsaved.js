// Editors, form[data-unsaved]: nothing that was written in them is left without a question, a lost session leads nowhere.
(() => {
  const EDITORS = "form[data-unsaved]"; // ="drawn": what stands in it is not saved, touched or not
  const BESIDE = "[data-tried] [name], [name=csrf_token], [name=form_key]";
  const begun = new WeakMap();
  let sending = false;

  function written(form) {
    const fields = new FormData(form);
    form.querySelectorAll(BESIDE).forEach(({ name }) => fields.delete(name));
    return JSON.stringify([...fields].map(([name, value]) => [name, value.name ?? value]));
  }

  const isUnsaved = (form) => form.dataset.unsaved || written(form) !== begun.get(form);
  Liniya.each(EDITORS, (form) => begun.has(form) || begun.set(form, written(form)));

  // A button with data-turns shows another part of what is written: no change, though other fields stand there then.
  let turned = null;
  document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig } }) => {
    const form = requestConfig.elt.matches("[data-turns]") && requestConfig.elt.form;
    turned = form && !isUnsaved(form) ? form : null;
  });
  document.addEventListener("htmx:afterSwap", () => turned && begun.set(turned, written(turned)));

  // A button with data-leaves sends the form, but saves and draws nothing of what was written.
  window.addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
    sending = !defaultPrevented && target.matches(EDITORS) && !submitter?.formTarget && !submitter?.matches("[data-leaves]");
  });

  window.addEventListener("beforeunload", (event) => {
    const asks = !sending && [...document.querySelectorAll(EDITORS)].some(isUnsaved);
    sending = false;
    if (!asks) return;
    event.preventDefault();
    event.returnValue = true; // what older browsers heed
  });

  // Signed out, perhaps in another tab: said above the editor, which stays. False where there is none.
  const banner = document.getElementById("signed-out");
  Liniya.signedOut = () => {
    if (!banner || !document.querySelector(EDITORS)) return false;
    banner.hidden = false;
    return true;
  };

  // Back from another tab, where one may have signed in anew: what is sent next goes with the token of that session.
  window.addEventListener("focus", async () => {
    if (!document.querySelector(EDITORS)) return;
    const answer = await fetch(`/agent/me/token?of=${document.body.dataset.who}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.headers.has("HX-Redirect")) Liniya.signedOut();
    else if (Liniya.renewToken(answer?.headers.get("X-CSRFToken"))) back();
  });

  const way = (xhr) => xhr.getResponseHeader("HX-Redirect") ?? "";
  const back = () => banner && (banner.hidden = true);
  document.addEventListener("liniya:up", back);
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    if (way(xhr).startsWith("/signin") && Liniya.signedOut()) event.preventDefault();
    else if (xhr.status < 400) back();
  });
})();
