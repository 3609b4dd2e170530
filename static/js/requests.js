// What is said when a request of htmx fails: a toast in words, and the page stays as it was, text and all.
(() => {
  const say = (text, more) => Liniya.toast(text, { kind: "error", ...more });
  const reload = { action: () => location.reload(), label: Liniya.text("reload") };

  // An answer marked data-notice is a message, never a piece of the page.
  function notice(xhr) {
    if (!xhr.responseText.includes("data-notice")) return "";
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    return page.querySelector("[data-notice]")?.textContent.trim() ?? "";
  }

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 400) return;
    const words = notice(detail.xhr);
    if (words && detail.shouldSwap) {
      detail.shouldSwap = false;
      say(words);
    }
  });

  document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    if (xhr.status === 419) {
      const renewed = Liniya.renewToken(xhr.getResponseHeader("X-CSRFToken"));
      return renewed ? say(notice(xhr)) : say(Liniya.text("outdated"), reload);
    }
    return say(notice(xhr) || Liniya.text("failed"));
  });

  // A live reload that fails says nothing: the banner of live.js speaks for the connection.
  const quiet = ({ detail }) => detail.requestConfig?.triggeringEvent?.type === "live";
  let lost = null;
  function offline(event) {
    if (!quiet(event) && !lost?.isConnected) lost = say(Liniya.text("offline"));
  }
  // It is true only until something gets through again: an answer, or the stream of live.js.
  const found = () => (lost = lost?.remove());
  document.addEventListener("liniya:up", found);
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.xhr.status && found());
  document.addEventListener("htmx:sendError", offline);
  document.addEventListener("htmx:timeout", offline);
})();
