// Light, dark or as the system: seen at once. The cookie is for visitors; the server keeps what a colleague chose.
(() => {
  const YEAR = 31536000; // seconds

  document.addEventListener("submit", (event) => {
    const { submitter, target: form } = event;
    if (submitter?.name !== "theme" || !form.matches("[data-theme-form]")) return;
    event.preventDefault();
    const root = document.documentElement;
    if (submitter.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = submitter.value;
    document.querySelectorAll("[data-theme-form] button[name=theme]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value === submitter.value));
    });
    document.cookie = `theme=${submitter.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
    const chosen = new FormData(form);
    chosen.set("theme", submitter.value);
    keep(form, chosen);
  });

  async function keep(form, chosen) {
    try {
      // keepalive: the reader may leave the page at once
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(chosen), redirect: "manual", keepalive: true });
      if (answer.type !== "opaqueredirect") throw new Error(answer.status);
    } catch {
      Liniya.toast(Liniya.text("failed"), { kind: "error" });
    }
  }
})();
