// Never lose a word: <textarea data-draft-url> is kept here at once and on the server after a pause.
(() => {
  const PAUSE = 700; // ms
  const states = new WeakMap();

  const key = (area) => `draft:${Liniya.who}:${area.dataset.draftUrl}`;
  const badge = (area) => area.form?.querySelector("[data-draft-badge]");
  // As the server says times: in the reader's zone, which need not be that of this machine.
  const clock = (at) => new Date(at).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit", timeZone: zone() });
  const zone = () => document.body.dataset.zone || undefined;

  function say(area, text) {
    const place = badge(area);
    if (!place) return;
    place.hidden = !text;
    (place.querySelector("[data-draft-text]") ?? place).textContent = text;
  }

  function remember(area, saved) {
    Object.assign(states.get(area) ?? {}, { shared: area.value });
    Liniya.store.set(key(area), { text: area.value, at: Date.now(), saved });
  }

  function typed(area) {
    const state = states.get(area);
    if (area.value === state.shared) return;
    remember(area, false);
    say(area, "");
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(area), PAUSE);
  }

  // One PUT at a time: a slow one never overtakes the next.
  async function save(area, last = false) {
    const state = states.get(area);
    clearTimeout(state.timer);
    if (state.closed) return;
    if (state.saving) {
      state.again = true;
      return;
    }
    const { value } = area;
    if (value === state.kept) return;
    state.saving = new AbortController();
    const done = await put(area, value, last ? { keepalive: true } : { signal: state.saving.signal });
    state.saving = null;
    if (state.closed) return;
    if (done) {
      state.kept = value;
      if (area.value === value) remember(area, true);
    }
    say(area, done ? Liniya.text("saved", { time: clock(Date.now()) }) : Liniya.text("savedHere"));
    if (state.again) {
      state.again = false;
      save(area);
    }
  }

  async function put(area, text, options) {
    try {
      const answer = await fetch(area.dataset.draftUrl, {
        method: "PUT",
        headers: { "Content-Type": "application/x-www-form-urlencoded", ...Liniya.signed() },
        body: new URLSearchParams({ text }),
        redirect: "manual",
        ...options,
      });
      return answer.ok;
    } catch {
      return false;
    }
  }

  // What was typed here and never reached the server comes back; what it has since forgotten was sent.
  function restore(area) {
    const server = Date.parse(area.dataset.draftAt ?? "") || 0;
    states.set(area, { timer: 0, saving: null, again: false, closed: false, kept: area.value, shared: area.value });
    const local = Liniya.store.get(key(area));
    if (server) say(area, Liniya.text("saved", { time: clock(server) }));
    if (!local) return;
    if (local.saved || local.sent || local.at < server || !local.text) {
      Liniya.store.drop(key(area));
    } else if (area.value === area.defaultValue && local.text !== area.value) {
      area.value = local.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // One draft in all tabs of a browser: what is written or sent in another stands here too.
  function mirror(area) {
    const state = states.get(area);
    if (!state || state.closed || area.value !== state.shared) return;
    const there = Liniya.store.get(key(area));
    if (there?.sent) state.leaving = true;
    if (there?.sent || !(there || state.leaving)) return; // on its way; or dropped, for the server has it
    state.leaving = false;
    state.shared = state.kept = there?.text ?? "";
    if (area.value !== state.shared) {
      area.value = state.shared;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(area, there?.saved ? Liniya.text("saved", { time: clock(there.at) }) : "");
  }

  const drafts = (root) => [...root.querySelectorAll("textarea[data-draft-url]")];

  function sending(form) {
    drafts(form).forEach((area) => {
      const state = states.get(area);
      if (!state) return;
      clearTimeout(state.timer);
      state.saving?.abort();
      state.closed = true;
      Liniya.store.set(key(area), { text: area.value, at: Date.now(), sent: true });
    });
  }

  function answered(form, sent) {
    drafts(form).forEach((area) => {
      if (sent) {
        Liniya.store.drop(key(area));
        say(area, "");
      } else {
        Object.assign(states.get(area) ?? {}, { closed: false, again: false });
        remember(area, false);
      }
    });
  }

  document.addEventListener("input", ({ target }) => states.has(target) && typed(target));
  document.addEventListener("htmx:beforeRequest", ({ target }) => target.matches("form") && sending(target));
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target.matches("form")) answered(target, detail.successful && detail.xhr.status < 400);
  });
  window.addEventListener("submit", ({ target, defaultPrevented }) => !defaultPrevented && sending(target));
  window.addEventListener("storage", ({ key: changed }) => {
    drafts(document).forEach((area) => changed === `liniya.${key(area)}` && mirror(area));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) drafts(document).forEach((area) => states.has(area) && save(area, true));
  });

  Liniya.each("textarea[data-draft-url]", (area) => states.has(area) || restore(area));
})();
