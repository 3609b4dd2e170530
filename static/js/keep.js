// What is written in a form[data-keep="name"] outlives a reload and a closed tab, until it is sent.
// data-keep-in="tab": for nobody knows whose browser it is, until the tab is closed.
(() => {
  const FORMS = "form[data-keep]";
  const FIELDS = "textarea, select, input:not([type=hidden], [type=file], [type=password])";
  const LASTS = 3 * 86400000; // ms
  const PREFIX = "liniya.keep:";
  const { who } = Liniya;
  const came = new WeakMap(); // what a form was given back

  const storeOf = (form) => (form.dataset.keepIn === "tab" ? sessionStorage : localStorage);
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(FIELDS) && !field.closest(".trap"));
  const isChoice = ({ type }) => type === "checkbox" || type === "radio";
  const written = (form) => fieldsOf(form).some((field) => field.matches("textarea") && field.value.trim());

  // Storage may be switched off or full; then nothing is kept and nothing breaks.
  function trying(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  function remember(form) {
    if (!written(form)) return forget(form);
    const values = fieldsOf(form).filter((field) => !isChoice(field) || field.checked).map(({ name, value }) => [name, value]);
    const kept = { values, who, at: Date.now(), key: form.elements.form_key.value };
    trying(() => storeOf(form).setItem(PREFIX + form.dataset.keep, JSON.stringify(kept)));
  }

  function forget(form) {
    trying(() => storeOf(form).removeItem(PREFIX + form.dataset.keep));
    if (came.has(form)) came.set(form, []);
    note(form, false);
  }

  function empty(form) {
    forget(form);
    form.reset();
  }

  function note(form, shown) {
    const place = form.querySelector("[data-keep-note]");
    if (place) place.hidden = !shown;
  }

  function fill(field, values) {
    const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!mine.length) return;
    if (isChoice(field)) field.checked = mine.includes(field.value);
    else [field.value] = mine;
  }

  const keptIn = (store, form) => trying(() => JSON.parse(store.getItem(PREFIX + form.dataset.keep)));

  // Who signs in to send it finds what a visitor wrote in this tab.
  function ofVisitor(form) {
    const kept = who ? keptIn(sessionStorage, form) : null;
    if (!kept || kept.who) return null;
    trying(() => sessionStorage.removeItem(PREFIX + form.dataset.keep));
    trying(() => storeOf(form).setItem(PREFIX + form.dataset.keep, JSON.stringify({ ...kept, who })));
    return { ...kept, who };
  }

  // What the server gave back with its answer is newer than what was kept here.
  function restore(form) {
    const kept = keptIn(storeOf(form), form) ?? ofVisitor(form);
    if (!kept || kept.who !== who || written(form)) return;
    came.set(form, kept.values);
    fieldsOf(form).forEach((field) => fill(field, kept.values));
    note(form, true);
    form.querySelectorAll("select").forEach((select) => select.dispatchEvent(new Event("change", { bubbles: true })));
  }

  // The server names the form that it has taken; what is old goes too, and what another wrote who was here before.
  // A session that ended by itself takes nothing away: whoever signs in again finds it.
  function tidy(store) {
    const taken = document.cookie.match(/(?:^|; )taken=([^;]*)/)?.[1];
    for (const name of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
      const kept = trying(() => JSON.parse(store.getItem(name)));
      const isOver = !kept || kept.key === taken || Date.now() - kept.at > LASTS || (kept.who && who && kept.who !== who);
      if (isOver) store.removeItem(name);
    }
  }

  // Who leaves leaves nothing.
  function clear(store) {
    for (const name of Object.keys(store).filter((each) => each.startsWith(PREFIX))) store.removeItem(name);
  }

  trying(() => [localStorage, sessionStorage].forEach(tidy));
  Liniya.each(FORMS, (form) => came.has(form) || restore(form));
  Liniya.each(`${FORMS} [name]`, (field) => field.matches(FIELDS) && !field.value && fill(field, came.get(field.form) ?? []));

  const kept = ({ target }) => target.form?.matches(FORMS) && remember(target.form);
  document.addEventListener("input", kept);
  document.addEventListener("change", kept);
  document.addEventListener("submit", ({ target }) => target.matches(FORMS) && remember(target), true);
  document.addEventListener("submit", ({ target }) => target.matches("[action='/signout']") && trying(() => [localStorage, sessionStorage].forEach(clear)));
  // Taken by way of htmx: it, or the answer to a question about it.
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr, pathInfo, requestConfig } }) => {
    if (!xhr.status || xhr.status >= 400 || requestConfig.verb !== "post") return;
    document.querySelectorAll(FORMS).forEach((form) => form.getAttribute("action") === pathInfo.requestPath && empty(form));
  });
  // Sent or thrown away in another tab: what stands here of it would be sent twice.
  addEventListener("storage", ({ key, oldValue, newValue }) => {
    const gone = newValue === null ? trying(() => JSON.parse(oldValue)) : null;
    if (!gone) return;
    const isSame = ({ name, value }) => gone.values.some(([each, text]) => each === name && text === value);
    const texts = (form) => fieldsOf(form).filter((field) => field.matches("textarea"));
    document.querySelectorAll(FORMS).forEach((form) => key === PREFIX + form.dataset.keep && texts(form).every(isSame) && empty(form));
  });
  document.addEventListener("click", ({ target }) => {
    const form = target.closest("[data-keep-drop]")?.form;
    if (!form) return;
    empty(form);
    form.querySelector("textarea").focus();
  });
})();
