// Public words that come while an answer is being written are announced above it. What the answer says it has
// seen stands still until the writer had time to notice (ticket.js asks for the mark data-unnoticed); after a
// colleague's answer until a button says so, for the client would get two.
(() => {
  const NOTICE = 2000; // ms
  let known = ""; // the newest public message that needs no telling
  let drawn = 0;

  const strip = () => document.querySelector("[data-newer]");
  const mark = () => document.querySelector("#seen");
  const newest = () => [...document.querySelectorAll("#thread .msg:not(.msg-note)")].at(-1);

  function look({ target }) {
    if (target?.id === "reply-said" && target.querySelector(".stale")) noticed(); // the refusal shows them whole
    const message = newest();
    if (strip() && !mark()?.hasAttribute("data-unnoticed")) strip().hidden = true;
    if (!message || message.id === known) return;
    known = message.id;
    if (mark()?.hasAttribute("data-newest")) announce(message);
  }

  function announce(message) {
    const name = message.querySelector(".msg-head strong")?.textContent ?? "";
    const words = message.matches(".msg-agent") ? Liniya.text("answered", { name }) : Liniya.text("clientWrote");
    strip().querySelector("[data-newer-text]").textContent = words;
    strip().hidden = false;
    const isAnswer = message.matches(".msg-agent") || mark().dataset.unnoticed === "answer";
    mark().dataset.unnoticed = isAnswer ? "answer" : "";
    drawn = performance.now();
  }

  function noticed() {
    delete mark()?.dataset.unnoticed;
    if (strip()) strip().hidden = true;
    document.dispatchEvent(new CustomEvent("liniya:noticed"));
  }

  function used({ target }) {
    if (!target.closest?.("#composer") || !strip() || strip().hidden || mark()?.dataset.unnoticed === "answer") return;
    if (performance.now() - drawn >= NOTICE) noticed();
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-newer-show], [data-newer-done]");
    if (!button) return;
    if (button.matches("[data-newer-show]")) newest()?.scrollIntoView({ block: "nearest" });
    noticed();
  });
  document.addEventListener("input", used);
  document.addEventListener("pointerdown", used);
  document.addEventListener("htmx:afterSwap", look); // before the mark is moved on: that is done as soon as it is laid out
  Liniya.each("[data-newer]", look);
})();
